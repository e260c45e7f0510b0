import { mostCommon } from "#core/lists/most-common.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findCampaignNames, type CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import { listReportSites } from "#db/queries/reports/report-sites.ts";
import type { Database } from "#db/database.ts";
import { loadSiteFacts, type FactsDeps, type FactsFailure, type SiteFacts } from "./site-facts.ts";

/** What a report's figures are asked of. */
export type FiguresQuestion = {
  database: string;
  report: Pick<
    ReportRecord,
    "accountId" | "siteId" | "campaigns" | "campaignIds" | "kind" | "options" | "publicId"
  >;
};

export type ReportFigures = {
  isAccount: boolean;
  currency: string;
  /** Of the range: the site's, or what most sites have. */
  timeZone: string;
  sites: SiteFacts[];
};

export type FiguresFailure = FactsFailure;

export type LoadFigures = (
  deps: FactsDeps,
  question: FiguresQuestion,
) => Promise<Result<ReportFigures, FiguresFailure>>;

/** A report's figures; of several sites each of its own data version. */
export async function loadFigures(
  deps: FactsDeps,
  { database, report }: FiguresQuestion,
): Promise<Result<ReportFigures, FiguresFailure>> {
  const db = deps.databases.named(database);
  const { accountId, siteId, options, kind, publicId } = report;
  const asked = await listReportSites(db, { accountId, siteId });
  const own = await ownCampaigns(db, report);
  if (asked.length === 0 || own.length < report.campaignIds.length) return fail({ kind: "not_found" });
  const isAccount = siteId === null;
  const currency = options.currency ?? mostCommon(asked.map((site) => site.currency)) ?? "";
  const sites: SiteFacts[] = [];
  for (const site of asked) {
    // oxlint-disable-next-line no-await-in-loop -- one site's facts at a time are read.
    const facts = await loadSiteFacts(deps, {
      site,
      database,
      own,
      options,
      currency,
      isAlone: !isAccount,
      withPacing: kind === "roi",
      folder: folderOf(accountId, publicId),
    });
    if (!facts.ok) return facts;
    sites.push(facts.value);
  }
  const timeZone = mostCommon(asked.map((site) => site.timeZone)) ?? "";
  return ok({ isAccount, currency, timeZone, sites });
}

/** Below the account a folder for each report: no two share a file, so deleting one can take its files along. */
export function folderOf(accountId: number, reportPublicId: string): string {
  return `${accountId}/${reportPublicId}`;
}

/** As they are called now, in the order in which they were asked for. */
async function ownCampaigns(
  db: Database,
  { siteId, campaigns }: FiguresQuestion["report"],
): Promise<CampaignName[]> {
  if (siteId === null || campaigns.length === 0) return [];
  const publicIds = campaigns.map(({ id }) => id);
  const names = await findCampaignNames(db, { siteId, publicIds });
  return publicIds.flatMap((id) => names.find(({ publicId }) => publicId === id) ?? []);
}
