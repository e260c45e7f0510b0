import { addCronRuns, type CronRun } from "#db/queries/operations/cron-runs.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

/** Keeps what the tasks of a cron have done. A database that is away is told in the log: the tasks have run all the same. */
export async function keepCronRuns(
  deps: Pick<Deps, "databases" | "log">,
  runs: readonly CronRun[],
): Promise<void> {
  try {
    await addCronRuns(controlDatabase(deps), runs);
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    deps.log("error", "cron_runs_unrecorded", { tasks: runs.length, error: name });
  }
}
