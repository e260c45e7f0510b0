import type { Deal as ShownDeal } from "#contract/deals.ts";
import { listCampaignNames } from "#db/queries/campaigns/find-campaign.ts";
import { listDeals as selectDeals } from "#db/queries/spend/deal-rows.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { showDeal } from "./show-deal.ts";

/** Postgres lets no campaign go that has a deal; one that is made between the two readings is there the next time. */
const GONE = { publicId: "", name: "" };

/** All deals of a site, the earliest first; ended ones too, because what they came to stays. */
export async function listDeals(deps: Pick<Deps, "databases">, site: SiteRef): Promise<ShownDeal[]> {
  const db = deps.databases.named(site.database);
  const [deals, names] = await Promise.all([
    selectDeals(db, site.siteId),
    listCampaignNames(db, site.siteId),
  ]);
  const byId = new Map(names.map((campaign) => [campaign.id, campaign]));
  return deals.map((deal) => showDeal(deal, byId.get(deal.campaignId) ?? GONE));
}
