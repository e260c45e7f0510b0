import type { Campaign, CampaignStatus } from "#contract/campaigns.ts";
import { listCampaigns as selectCampaigns } from "#db/queries/campaigns/list-campaigns.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { showCampaign } from "./show-campaign.ts";

export type ListCampaignsInput = {
  site: SiteRef;
  status: CampaignStatus | undefined;
  search: string | undefined;
  /** The page key's only part: the last campaign's int. */
  afterId: number | null;
  limit: number | undefined;
};

/** A page of a site's campaigns, newest first, archived ones left out. */
export async function listCampaigns(
  deps: Pick<Deps, "databases">,
  { site, status, search, afterId, limit = DEFAULT_PAGE_SIZE }: ListCampaignsInput,
): Promise<Page<Campaign>> {
  const rows = await selectCampaigns(deps.databases.named(site.database), {
    siteId: site.siteId,
    status: status ?? null,
    search: search?.trim() || null,
    afterId,
    limit: limit + 1,
  });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return { items: page.items.map(showCampaign), next: page.next };
}
