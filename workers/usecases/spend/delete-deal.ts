import { fail, ok, type Result } from "#core/result.ts";
import { deleteDeal as removeDeal } from "#db/queries/spend/deal-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { CampaignNotFound } from "#usecases/campaigns/campaign-refusal.ts";
import { findCampaign } from "#usecases/campaigns/find-campaign.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import type { DealNotFound } from "./write-deal.ts";

export type DeleteDealInput = { principal: Principal; campaignId: string; dealId: string };

/** Takes a deal away, as if it had never been: what it came to is in no figure any more. */
export async function deleteDeal(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, campaignId, dealId }: DeleteDealInput,
): Promise<Result<null, CampaignNotFound | DealNotFound>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });
  const { campaign, site } = found;
  const key = { siteId: site.siteId, campaignId: campaign.id, publicId: dealId };
  const existed = await removeDeal(deps.databases.named(site.database), key);
  if (!existed) return fail({ kind: "deal_not_found" });
  await noteChange(deps, principal, {
    action: "deal.delete",
    subject: dealId,
    detail: { campaign: campaign.publicId },
  });
  return ok(null);
}
