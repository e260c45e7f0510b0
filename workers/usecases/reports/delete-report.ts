import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import { deleteReport as markDeleted } from "#db/queries/reports/write-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import { deleteRunObject } from "#usecases/runs/run-object.ts";
import type { ReportNotFound } from "./get-report.ts";

/** Takes a report away, its files and its run; mails that have not begun are not sent. */
export async function deleteReport(
  deps: Pick<Deps, "databases" | "clock" | "reportStore" | "log">,
  { principal, reportId }: { principal: Principal; reportId: string },
): Promise<Result<null, ReportNotFound>> {
  const { accountId, database } = principal;
  const db = deps.databases.named(database);
  const report = await findReport(db, { accountId, publicId: reportId });
  if (report === null) return fail({ kind: "report_not_found" });

  await markDeleted(db, { accountId, id: report.id, at: deps.clock.now() });
  const { modelKey, pdfKey, csvKey, xlsxKey, runKey } = report;
  const keys = [modelKey, pdfKey, csvKey, xlsxKey].filter((key) => key !== null);
  await Promise.all(
    keys.map((key) => afterCommit(deps, "delete_report_file", () => deps.reportStore.delete(key))),
  );
  if (runKey !== null)
    await afterCommit(deps, "delete_run_object", () => deleteRunObject(deps.reportStore, runKey));
  await noteChange(deps, principal, { action: "report.delete", subject: report.publicId });
  return ok(null);
}
