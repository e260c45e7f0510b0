import type { Campaign } from "#contract/campaigns.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { CampaignNotFound } from "./campaign-refusal.ts";
import { findCampaign } from "./find-campaign.ts";
import { showCampaign } from "./show-campaign.ts";

/** One campaign of the account, archived or not. */
export async function getCampaign(
  deps: Pick<Deps, "databases">,
  { principal, campaignId }: { principal: Principal; campaignId: string },
): Promise<Result<Campaign, CampaignNotFound>> {
  const found = await findCampaign(deps, principal, campaignId);
  return found === null ? fail({ kind: "campaign_not_found" }) : ok(showCampaign(found.campaign));
}
