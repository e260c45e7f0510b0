import { oldestStaleMark } from "#db/queries/ledger/oldest-stale-mark.ts";
import type { SpillAge } from "#platform/spill-age.ts";
import { eachApart } from "#usecases/each-apart.ts";
import type { Deps } from "#usecases/deps.ts";

export type WatchDeps = Pick<Deps, "databases" | "clock" | "log"> & { spillAge: SpillAge };

/** What waits longer is told. */
export const LAG_LIMIT_SECONDS = 600;

/**
 * Says so in the log when something has waited for more than ten minutes: an hour to be rolled up, or a spilled body
 * to be ingested. Each is worked on every minute, so that longer means a standstill or more than a run can do.
 */
export async function watchIngestLag(deps: WatchDeps): Promise<void> {
  await eachApart(deps.databases.names(), async (name) => {
    tell(deps, { waits: "rollup", database: name, since: await oldestStaleMark(deps.databases.named(name)) });
  });
  tell(deps, { waits: "spill", database: null, since: await deps.spillAge() });
}

type Waiting = { waits: "rollup" | "spill"; database: string | null; since: Date | null };

function tell(deps: WatchDeps, { waits, database, since }: Waiting): void {
  if (since === null) return;
  const seconds = Math.round((deps.clock.now().getTime() - since.getTime()) / 1_000);
  if (seconds > LAG_LIMIT_SECONDS) deps.log("warn", "ingest_lagging", { waits, database, seconds });
}
