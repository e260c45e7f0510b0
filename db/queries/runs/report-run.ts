import type { Database } from "#db/database.ts";
import { attributionRuns } from "#db/schema/site/attribution-runs.ts";
import type { NewRun, RunResult } from "./write-run.ts";

export type ReportRun = Omit<NewRun, "recomputeOf"> & RunResult & { reportId: number };

/** Writes a run that a report was made of; one for each report. */
export async function insertReportRun(db: Database, run: ReportRun): Promise<void> {
  await db
    .insert(attributionRuns)
    .values({ ...run, status: "ready" })
    .onConflictDoNothing({ target: attributionRuns.reportId });
}
