import type { Report } from "#contract/reports.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findCampaignNames } from "#db/queries/campaigns/find-campaign.ts";
import { listReports as selectReports } from "#db/queries/reports/list-reports.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { showReport } from "./show-report.ts";

export type ListReportsInput = {
  site: SiteRef;
  /** Public id; absent for all, those on the whole site included. */
  campaignId: string | undefined;
  /** The page key's only part: the last report's int. */
  afterId: number | null;
  limit: number | undefined;
};

/** A page of a site's reports, newest first. */
export async function listReports(
  deps: Pick<Deps, "databases">,
  { site, campaignId, afterId, limit = DEFAULT_PAGE_SIZE }: ListReportsInput,
): Promise<Result<Page<Report>, { kind: "unknown_campaign"; campaignId: string }>> {
  const db = deps.databases.named(site.database);
  const { siteId } = site;
  const campaigns =
    campaignId === undefined ? [] : await findCampaignNames(db, { siteId, publicIds: [campaignId] });
  const campaign = campaigns[0];
  if (campaignId !== undefined && !campaign) return fail({ kind: "unknown_campaign", campaignId });

  const rows = await selectReports(db, {
    siteId,
    campaignId: campaign?.id ?? null,
    afterId,
    limit: limit + 1,
  });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return ok({ items: page.items.map(showReport), next: page.next });
}
