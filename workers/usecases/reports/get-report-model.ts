import type { ReportModel } from "#core/report/report-model.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { obstacleOf, type DownloadRefusal } from "./download-report.ts";
import { readModel } from "./stored-model.ts";

/** What a report's files were made of, for a preview that says the same. */
export async function getReportModel(
  deps: Pick<Deps, "databases" | "reportStore">,
  { principal, reportId }: { principal: Principal; reportId: string },
): Promise<Result<ReportModel, DownloadRefusal>> {
  const db = deps.databases.named(principal.database);
  const report = await findReport(db, { accountId: principal.accountId, publicId: reportId });
  if (report === null) return fail({ kind: "report_not_found" });
  const obstacle = obstacleOf(report);
  if (obstacle !== null) return fail(obstacle);
  const model = report.modelKey === null ? null : await readModel(deps.reportStore, report.modelKey);
  return model === null ? fail({ kind: "report_not_found" }) : ok(model);
}
