import { checkConfig } from "#scripts/deploy/check-config.ts";
import { listSecrets } from "#scripts/deploy/cloudflare.ts";
import type { Context, Step } from "#scripts/deploy/context.ts";
import { secretsFor } from "#scripts/deploy/secrets.ts";
import { WORKERS, type WorkerKey } from "#scripts/deploy/stage.ts";

/** What can be known to be wrong is, before anything is changed. */
export function checkSteps(context: Pick<Context, "specs">): Step[] {
  const names = (isRequired: boolean) =>
    context.specs.filter((spec) => spec.isRequired === isRequired).map(({ name }) => name);
  return [
    {
      kind: "check",
      description: "bindings, queues, origins and variables of wrangler.toml agree",
      act: async ({ config, original, stage }) => {
        const problems = checkConfig({ rendered: config, original, stage });
        if (problems.length > 0) throw new Error(problems.join("\n"));
        await Promise.resolve();
      },
    },
    {
      kind: "check",
      description: `secrets are in the environment or at their Workers: ${names(true).join(", ")}; taken when given: ${names(false).join(", ")}`,
      act: requireSecrets,
    },
  ];
}

async function requireSecrets(context: Context): Promise<void> {
  const missing: string[] = [];
  for (const worker of WORKERS) {
    // oxlint-disable-next-line no-await-in-loop
    missing.push(...(await missingAt(context, worker)));
  }
  if (missing.length > 0) throw new Error(missing.join("\n"));
}

async function missingAt(context: Context, worker: WorkerKey): Promise<string[]> {
  const given = secretsFor(worker, context.specs, context.environment);
  const needed = context.specs.filter(
    ({ name, workers, isRequired }) => isRequired && workers.includes(worker) && given[name] === undefined,
  );
  if (needed.length === 0) return [];
  const there = (await listSecrets(context.outside, context.config.workers.env[worker].name)) ?? [];
  return needed
    .filter(({ name }) => !there.includes(name))
    .map(({ name, from }) => `${worker} has no ${name}, and the environment has none (${from})`);
}
