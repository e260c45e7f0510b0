import { markReportFailed } from "#db/queries/reports/write-report.ts";
import type { Deps } from "#usecases/deps.ts";

const REASON =
  "It could not be built after many tries. Create it again; if it fails again, tell us the report's id.";

/** Marks a report as failed after the last attempt, so that nobody waits for it. One that is ready stays so. */
export async function giveUpReport(
  deps: Pick<Deps, "databases">,
  { database, reportId }: { database: string; reportId: string },
): Promise<void> {
  await markReportFailed(deps.databases.named(database), { publicId: reportId, failure: REASON });
}
