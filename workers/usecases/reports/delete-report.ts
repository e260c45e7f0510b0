import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import { deleteReport as markDeleted } from "#db/queries/reports/write-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import type { ReportNotFound } from "./get-report.ts";

/** Takes a report away, and its files; mails that have not begun are not sent. */
export async function deleteReport(
  deps: Pick<Deps, "databases" | "clock" | "reportStore" | "log">,
  { principal, reportId }: { principal: Principal; reportId: string },
): Promise<Result<null, ReportNotFound>> {
  const db = deps.databases.named(principal.database);
  const report = await findReport(db, { accountId: principal.accountId, publicId: reportId });
  if (report === null) return fail({ kind: "report_not_found" });

  await markDeleted(db, { siteId: report.siteId, id: report.id, at: deps.clock.now() });
  const keys = [report.modelKey, report.pdfKey, report.csvKey].filter((key) => key !== null);
  await Promise.all(
    keys.map((key) => afterCommit(deps, "delete_report_file", () => deps.reportStore.delete(key))),
  );
  await noteChange(deps, principal, { action: "report.delete", subject: report.publicId });
  return ok(null);
}
