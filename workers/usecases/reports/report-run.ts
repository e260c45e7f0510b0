import type { ReportModel } from "#core/report/report-model.ts";
import type { Database } from "#db/database.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import { insertReportRun } from "#db/queries/runs/report-run.ts";
import type { Deps } from "#usecases/deps.ts";
import { readRunObject } from "#usecases/runs/run-object.ts";

type Keeping = { db: Database; report: ReportRecord; model: ReportModel; runKey: string };

/**
 * Writes down the run that a kept model was made of, so that it can be opened and compared like any other. A second time
 * changes nothing.
 */
export async function keepReportRun(
  { reportStore, clock }: Pick<Deps, "reportStore" | "clock">,
  { db, report, model, runKey }: Keeping,
): Promise<void> {
  const { runId } = model.howComputed;
  const run = await readRunObject(reportStore, runKey);
  if (run === null || runId === null || report.siteId === null) return;
  await insertReportRun(db, {
    reportId: report.id,
    publicId: runId,
    siteId: report.siteId,
    name: report.title,
    question: run.question,
    models: run.models,
    dataVersion: run.versions.dataVersion,
    objectKey: runKey,
    items: run.days.reduce((sum, { items }) => sum + items, 0),
    createdBy: report.createdBy,
    createdAt: report.createdAt,
    readyAt: clock.now(),
  });
}
