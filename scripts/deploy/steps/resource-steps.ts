import { parseList, run } from "#scripts/deploy/cloudflare.ts";
import { type Context, pagesFolder, type Step, workersToml } from "#scripts/deploy/context.ts";
import { resourcesOf } from "#scripts/deploy/deploy-config.ts";
import { toToml, withKvIds } from "#scripts/deploy/render-config.ts";
import type { Outside } from "#scripts/deploy/outside.ts";

/** Makes what the Workers are bound to, as far as it is missing; nothing is ever taken away. */
export function resourceSteps(context: Pick<Context, "config" | "stage">): Step[] {
  const { queues, buckets, kv } = resourcesOf(context.config);
  return [
    ...queues.map((name) => ({
      kind: "create" as const,
      description: `queue ${name}`,
      isDone: async ({ outside }: Context) => await answersWell(outside, ["queues", "info", name]),
      act: async ({ outside }: Context) => void (await run(outside, ["queues", "create", name])),
    })),
    ...buckets.map((name) => ({
      kind: "create" as const,
      description: `bucket ${name}`,
      isDone: async ({ outside }: Context) =>
        await answersWell(outside, ["r2", "bucket", "info", name, "--json"]),
      act: async ({ outside }: Context) => void (await run(outside, ["r2", "bucket", "create", name])),
    })),
    ...kv.map((name) => ({
      kind: "create" as const,
      description: `KV namespace ${name}`,
      isDone: async ({ outside }: Context) => (await kvIds(outside)).has(name),
      act: async ({ outside }: Context) => void (await run(outside, ["kv", "namespace", "create", name])),
    })),
    renderStep(context),
    pagesProjectStep(context),
  ];
}

function renderStep({ stage }: Pick<Context, "stage">): Step {
  return {
    kind: "build",
    description: `${workersToml(stage)} and the configuration of Pages, rendered from wrangler.toml with the ids of KV namespaces`,
    act: async (context) => {
      context.config = withKvIds(context.config, await kvIds(context.outside));
      const { workers, pages } = context.config;
      await context.outside.writeFile(workersToml(stage), toToml(workers));
      await context.outside.writeFile(`${pagesFolder(stage)}/wrangler.toml`, toToml(pages));
    },
  };
}

function pagesProjectStep({ config }: Pick<Context, "config">): Step {
  const { name } = config.pages;
  return {
    kind: "create",
    description: `Pages project ${name}`,
    isDone: async ({ outside }) => {
      const answer = await run(outside, ["pages", "project", "list", "--json"]);
      const projects = parseList<{ "Project Name": string }>(answer, "the Pages projects");
      return projects.some((project) => project["Project Name"] === name);
    },
    act: async ({ outside }) =>
      void (await run(outside, ["pages", "project", "create", name, "--production-branch", "main"])),
  };
}

async function kvIds(outside: Outside): Promise<ReadonlyMap<string, string>> {
  const answer = await run(outside, ["kv", "namespace", "list"]);
  const namespaces = parseList<{ id: string; title: string }>(answer, "the KV namespaces");
  return new Map(namespaces.map(({ id, title }) => [title, id]));
}

/** What is not there is made; who may not ask is told so by making. */
async function answersWell(outside: Outside, args: readonly string[]): Promise<boolean> {
  const { code } = await outside.wrangler(args);
  return code === 0;
}
