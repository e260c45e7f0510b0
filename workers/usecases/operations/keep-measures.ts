import type { MeterReport } from "#contract/meter-report.ts";
import type { Deps } from "#usecases/deps.ts";
import { addMeterReport, type MeterReportDeps } from "./add-meter-report.ts";

/**
 * Keeps what jobs has measured of itself: at once, since a message to its own queue would be one more thing to measure.
 * While the database is away the report waits in the queue.
 */
export async function keepMeasures(
  deps: MeterReportDeps & Pick<Deps, "workQueue">,
  report: MeterReport,
): Promise<void> {
  try {
    await addMeterReport(deps, report);
  } catch {
    await deps.workQueue.send({ v: 1, kind: "add-meter-report", report });
  }
}
