import type { Report } from "#contract/reports.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findCampaignNames } from "#db/queries/campaigns/find-campaign.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { ReportNotFound } from "./get-report.ts";
import { orderReport, type OrderDeps } from "./order-report.ts";

/** Asks a report's question of the data of now, as a new report that can be compared with the old one. Nothing is mailed. */
export async function recomputeReport(
  deps: OrderDeps,
  { principal, reportId }: { principal: Principal; reportId: string },
): Promise<Result<Report, ReportNotFound>> {
  const { accountId, database } = principal;
  const db = deps.databases.named(database);
  const report = await findReport(db, { accountId, publicId: reportId });
  if (report === null) return fail({ kind: "report_not_found" });
  const { siteId, sitePublicId, siteName, kind, title, options } = report;
  const publicIds = report.campaigns.map(({ id }) => id);
  const known = siteId === null ? [] : await findCampaignNames(db, { siteId, publicIds });
  const campaigns = publicIds.flatMap((id) => known.find(({ publicId }) => publicId === id) ?? []);
  const site =
    siteId === null || sitePublicId === null
      ? null
      : { siteId, publicId: sitePublicId, name: siteName ?? "" };
  const recomputed = await orderReport(deps, {
    principal,
    order: { kind, title, site, campaigns, options: { ...options, memberRecipients: [], skipEmpty: false } },
    recipients: [],
    original: report,
  });
  return ok(recomputed);
}
