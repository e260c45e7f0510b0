import { listRetentions, type Retention } from "#db/queries/report-settings/list-retentions.ts";
import { expireReports as expire, forgetFiles } from "#db/queries/reports/expire-reports.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { deleteRunObject } from "#usecases/runs/run-object.ts";

const DAY_MS = 86_400_000;
/** A report has four files and its run: an hour's cron takes away so many an account. */
const REPORTS_A_RUN = 100;

/**
 * Takes away the files of reports that were kept as long as their account wants. What the report was, and what became of
 * its mails, stays. A run that is broken off is taken up by the next: files are forgotten only once they are gone.
 */
export async function expireReports(
  deps: Pick<Deps, "databases" | "clock" | "reportStore" | "log">,
): Promise<{ expired: number }> {
  const retentions = await listRetentions(controlDatabase(deps));
  const failed: number[] = [];
  let expired = 0;
  for (const retention of retentions) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one account's files at a time.
      expired += await expireOf(deps, retention);
    } catch (error) {
      failed.push(retention.accountId);
      const kind = error instanceof Error ? error.name : "unknown";
      deps.log("error", "reports_not_expired", { accountId: retention.accountId, error: kind });
    }
  }
  if (failed.length > 0) throw new Error(`Reports of ${failed.length} accounts could not be expired`);
  return { expired };
}

async function expireOf(
  deps: Pick<Deps, "databases" | "clock" | "reportStore">,
  { accountId, database, days }: Retention,
): Promise<number> {
  const db = deps.databases.named(database);
  const at = deps.clock.now();
  const before = new Date(at.getTime() - days * DAY_MS);
  const reports = await expire(db, { accountId, before, at, limit: REPORTS_A_RUN });
  for (const { keys, runKey } of reports) {
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all(keys.map(async (key) => await deps.reportStore.delete(key)));
    // oxlint-disable-next-line no-await-in-loop
    if (runKey !== null) await deleteRunObject(deps.reportStore, runKey);
  }
  const ids = reports.map(({ id }) => id);
  if (ids.length > 0) await forgetFiles(db, { ids, at });
  return ids.length;
}
