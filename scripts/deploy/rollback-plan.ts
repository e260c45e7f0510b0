import { listDeployments, splitTraffic } from "./cloudflare.ts";
import { type Context, type Step, targetOf } from "./context.ts";
import { currentVersion, previousVersion } from "./previous-version.ts";
import { rollBackPages } from "./roll-back-pages.ts";
import { WORKERS, type WorkerKey } from "./stage.ts";

/**
 * All traffic back to the versions before, in the order opposite to a deployment's: who sends goes back before who
 * receives. Cloudflare's own list of deployments says which those are. The database stays as it is, which the versions
 * before can live with, unless destructive steps were allowed.
 */
export function rollbackPlan(context: Pick<Context, "config">): Step[] {
  const { env } = context.config.workers;
  return [
    {
      kind: "shift",
      description: `Pages project ${context.config.pages.name}: the deployment before`,
      act: rollBackPages,
    },
    ...WORKERS.toReversed().map((worker) => ({
      kind: "shift" as const,
      description: `${env[worker].name}: all traffic to the version before`,
      act: async (running: Context) => await rollBack(running, worker),
    })),
  ];
}

async function rollBack(context: Context, worker: WorkerKey): Promise<void> {
  const { outside } = context;
  const target = targetOf(context, worker);
  const deployments = (await listDeployments(outside, target.name)) ?? [];
  const before = previousVersion(deployments);
  if (before === null) return outside.say(`${worker} has no version before: it stays`);
  const message = `taken back from ${currentVersion(deployments) ?? "nothing"}`;
  await splitTraffic(outside, target, { shares: [[before, 100]], message });
  outside.say(`${worker} is at ${before}`);
}
