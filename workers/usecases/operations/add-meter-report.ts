import type { MeterReport } from "#contract/meter-report.ts";
import * as measures from "#db/queries/operations/add-meter-report.ts";
import type { ErrorTracker } from "#platform/error-tracker.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

export type MeterReportDeps = Pick<Deps, "databases" | "log"> & {
  /** Null: errors are told nowhere else. */
  errorTracker: ErrorTracker | null;
};

/**
 * Adds up what an isolate has measured, and hands its errors on. A second time it does neither; a tracker that does not
 * take them is told in the log.
 */
export async function addMeterReport(deps: MeterReportDeps, report: MeterReport): Promise<void> {
  const isNew = await measures.addMeterReport(controlDatabase(deps), report);
  if (!isNew || deps.errorTracker === null || report.failures.length === 0) return;
  try {
    await deps.errorTracker.tell(report);
  } catch (error) {
    const cause = error instanceof Error ? error.message : "unknown";
    // Not as an error: it would be told to the same tracker.
    deps.log("warn", "errors_not_told", { failures: report.failures.length, cause });
  }
}
