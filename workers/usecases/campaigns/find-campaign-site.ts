import { findCampaign } from "#db/queries/campaigns/find-campaign.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

/** One of the asker's campaigns: its int and its site. Null when there is none or it is another account's. */
export async function findCampaignSite(
  deps: Pick<Deps, "databases">,
  asker: Pick<Principal, "accountId" | "database">,
  publicId: string,
): Promise<{ campaignId: number; site: SiteRef } | null> {
  const db = deps.databases.named(asker.database);
  const found = await findCampaign(db, { accountId: asker.accountId, publicId });
  if (!found) return null;
  return {
    campaignId: found.campaign.id,
    site: { ...found.site, accountId: asker.accountId, database: asker.database },
  };
}
