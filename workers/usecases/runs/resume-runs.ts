import { listWaitingRuns } from "#db/queries/runs/find-run.ts";
import { markRunFailed } from "#db/queries/runs/write-run.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";
import type { BuildRunInput } from "./build-run.ts";

const WAITED_MS = 30 * 60_000;
const RUNS_A_TIME = 100;

/** Asks again for runs that still wait after half an hour: the queue may have lost their message. Harmless twice. */
export async function resumeWaitingRuns(
  deps: Pick<Deps, "databases" | "clock" | "workQueue">,
): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - WAITED_MS);
  await eachApart(deps.databases.names(), async (database) => {
    const waiting = await listWaitingRuns(deps.databases.named(database), before, RUNS_A_TIME);
    for (const runId of waiting) await deps.workQueue.send({ v: 1, kind: "build-run", database, runId });
  });
}

/** After the last attempt: a pending run is failed. One that is ready stays so. */
export async function giveUpRun(
  deps: Pick<Deps, "databases">,
  { database, runId }: BuildRunInput,
): Promise<void> {
  const reason = "It could not be made in several attempts; please make it again";
  await markRunFailed(deps.databases.named(database), runId, reason);
}
