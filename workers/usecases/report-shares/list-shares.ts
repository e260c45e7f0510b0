import type { Share } from "#contract/report-shares.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import { listShares as list } from "#db/queries/report-shares/list-shares.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { ReportNotFound } from "#usecases/reports/get-report.ts";
import { showShare } from "./show-share.ts";

/** The links of a report, those that ended too. */
export async function listShares(
  deps: Pick<Deps, "databases">,
  { principal, reportId }: { principal: Principal; reportId: string },
): Promise<Result<Share[], ReportNotFound>> {
  const db = deps.databases.named(principal.database);
  const report = await findReport(db, { accountId: principal.accountId, publicId: reportId });
  if (report === null) return fail({ kind: "report_not_found" });
  return ok((await list(db, report.id)).map(showShare));
}
