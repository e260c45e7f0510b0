import type { Report } from "#contract/reports.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { showReport } from "./show-report.ts";

export type ReportNotFound = { kind: "report_not_found" };

/** One report of the account, with what became of its mails. */
export async function getReport(
  deps: Pick<Deps, "databases">,
  { principal, reportId }: { principal: Principal; reportId: string },
): Promise<Result<Report, ReportNotFound>> {
  const db = deps.databases.named(principal.database);
  const report = await findReport(db, { accountId: principal.accountId, publicId: reportId });
  return report === null ? fail({ kind: "report_not_found" }) : ok(showReport(report));
}
