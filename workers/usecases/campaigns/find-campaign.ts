import {
  findCampaign as selectCampaign,
  type CampaignOfAccount,
} from "#db/queries/campaigns/find-campaign.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

export type FoundCampaign = { campaign: CampaignOfAccount["campaign"]; site: SiteRef };
type Asker = Pick<Principal, "accountId" | "database">;

/** The asker's campaign with this public id and its site; null when there is none or it is another account's. */
export async function findCampaign(
  deps: Pick<Deps, "databases">,
  asker: Asker,
  publicId: string,
): Promise<FoundCampaign | null> {
  const db = deps.databases.named(asker.database);
  const found = await selectCampaign(db, { accountId: asker.accountId, publicId });
  if (found === null) return null;
  return {
    campaign: found.campaign,
    site: { ...found.site, accountId: asker.accountId, database: asker.database },
  };
}
