import { DEFAULT_SPEND_SOURCE } from "#core/campaigns/spend-rows.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { deleteSpend as removeSpend } from "#db/queries/spend/spend-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { CampaignNotFound } from "./campaign-refusal.ts";
import { findCampaign } from "./find-campaign.ts";
import { noteChange } from "./note-change.ts";

export type DeleteSpendInput = {
  principal: Principal;
  campaignId: string;
  day: string;
  source: string | undefined;
};
export type SpendNotFound = { kind: "spend_not_found" };

/** Takes away the spend row of a day and source. */
export async function deleteSpend(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, campaignId, day, source = DEFAULT_SPEND_SOURCE }: DeleteSpendInput,
): Promise<Result<null, CampaignNotFound | SpendNotFound>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });

  const { campaign, site } = found;
  const key = { siteId: site.siteId, campaignId: campaign.id, day, source };
  const existed = await removeSpend(deps.databases.named(site.database), key);
  if (!existed) return fail({ kind: "spend_not_found" });
  await noteChange(deps, principal, {
    action: "spend.delete",
    subject: campaign.publicId,
    detail: { day, source },
  });
  return ok(null);
}
