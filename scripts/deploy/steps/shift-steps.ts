import { listDeployments, run, splitTraffic, targetArgs } from "#scripts/deploy/cloudflare.ts";
import { type Context, pagesFolder, type Step, targetOf } from "#scripts/deploy/context.ts";
import { previousVersion } from "#scripts/deploy/previous-version.ts";
import { WORKERS, type WorkerKey } from "#scripts/deploy/stage.ts";
import { requireHealthy } from "./smoke-steps.ts";

const FIRST_SHARE = 10;

/** Traffic goes to the new versions: jobs first, because they must understand what the others send; Pages last. */
export function shiftSteps(context: Pick<Context, "config" | "stage" | "watchSeconds">): Step[] {
  const { env } = context.config.workers;
  return [
    ...WORKERS.map((worker) => ({
      kind: "shift" as const,
      description: `${env[worker].name}: ${FIRST_SHARE} % of the traffic, watched for ${context.watchSeconds} s, then all of it`,
      isDone: async (running: Context) => await hasAll(running, worker),
      act: async (running: Context) => await shift(running, worker),
    })),
    {
      kind: "shift",
      description: "queue consumers of jobs, crons, and the host of collect, as wrangler.toml says",
      act: async (running) => {
        for (const worker of WORKERS) {
          // oxlint-disable-next-line no-await-in-loop
          await run(running.outside, ["triggers", "deploy", ...targetArgs(targetOf(running, worker))]);
        }
      },
    },
    pagesStep(context),
  ];
}

function pagesStep({ config, stage }: Pick<Context, "config" | "stage">): Step {
  const folder = pagesFolder(stage);
  return {
    kind: "shift",
    description: `Pages project ${config.pages.name}: the dashboard and what passes /api on`,
    act: async ({ outside, release }) => {
      await outside.copy("frontend/dist", `${folder}/dist`);
      await outside.copy("frontend/functions", `${folder}/functions`);
      const message = ["--commit-message", `waymark ${release}`, "--commit-dirty=true"];
      await run(outside, ["pages", "deploy", "--cwd", folder, "--branch", "main", ...message]);
    },
  };
}

async function hasAll(context: Context, worker: WorkerKey): Promise<boolean> {
  const deployments = (await listDeployments(context.outside, targetOf(context, worker).name)) ?? [];
  const last = deployments.at(-1)?.versions ?? [];
  return last.length === 1 && last[0]?.version_id === context.uploaded[worker]?.id;
}

/** What fails while it is watched is taken back at once. */
async function shift(context: Context, worker: WorkerKey): Promise<void> {
  const { outside, release, watchSeconds } = context;
  const target = targetOf(context, worker);
  const id = context.uploaded[worker]?.id;
  if (id === undefined) throw new Error(`no version of ${worker} was uploaded`);
  const deployments = (await listDeployments(outside, target.name)) ?? [];
  const before = previousOf(deployments, id);
  const message = `waymark ${release}`;
  if (before !== null) {
    const shares = [[id, FIRST_SHARE] as const, [before, 100 - FIRST_SHARE] as const];
    await splitTraffic(outside, target, { shares, message });
    await outside.pause(watchSeconds * 1000);
    await checkShare(context, { worker, id }).catch(async (error: Error) => {
      await splitTraffic(outside, target, {
        shares: [[before, 100]],
        message: `waymark ${release} taken back`,
      });
      throw new Error(`${worker} was taken back to the version before: ${error.message}`, { cause: error });
    });
  }
  await splitTraffic(outside, target, { shares: [[id, 100]], message });
}

/** The version that had all the traffic before this one. */
function previousOf(deployments: Parameters<typeof previousVersion>[0], id: string): string | null {
  const last = deployments.at(-1)?.versions ?? [];
  if (last.length === 1 && last[0] !== undefined && last[0].version_id !== id) return last[0].version_id;
  return previousVersion(deployments);
}

/** Jobs answers nobody. What it does shows in the test event, which is sent when all have moved. */
async function checkShare(
  context: Context,
  { worker, id }: { worker: WorkerKey; id: string },
): Promise<void> {
  const origin = originOf(context, worker);
  if (origin === null) return;
  const version = `${context.config.workers.env[worker].name}="${id}"`;
  await requireHealthy(context.outside, { worker, origin, version });
}

/** Where a Worker is met when it is deployed; the api by its own address, which that of a version begins with. */
function originOf({ config, uploaded }: Context, worker: WorkerKey): string | null {
  if (worker === "collect") return config.workers.env.api.vars["COLLECT_ORIGIN"] ?? null;
  const previewUrl = uploaded[worker]?.previewUrl ?? null;
  if (worker !== "api" || previewUrl === null) return null;
  const { hostname } = new URL(previewUrl);
  return `https://${[config.workers.env.api.name, ...hostname.split(".").slice(1)].join(".")}`;
}
