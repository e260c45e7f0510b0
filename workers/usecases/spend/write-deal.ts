import type { Deal as ShownDeal, DealRequest } from "#contract/deals.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Deal } from "#core/spend/deal.ts";
import { dealFaults, type DealFault } from "#core/spend/deal-faults.ts";
import { dealDays } from "#core/spend/spend-days.ts";
import { insertDeal, updateDeal } from "#db/queries/spend/deal-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { CampaignNotFound } from "#usecases/campaigns/campaign-refusal.ts";
import { findCampaign, type FoundCampaign } from "#usecases/campaigns/find-campaign.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import { showDeal } from "./show-deal.ts";

export type WriteDealInput = {
  principal: Principal;
  campaignId: string;
  /** The deal that is changed; null makes a new one. */
  dealId: string | null;
  request: DealRequest;
};
export type DealNotFound = { kind: "deal_not_found" };
export type InvalidDeal = { kind: "invalid_deal"; faults: readonly (DealFault | UnknownCurrency)[] };
type UnknownCurrency = { field: "currency"; fault: "unknown_currency" };

/** Makes a campaign's deal, or writes one anew. What it comes to follows our own counts from then on, past days too. */
export async function writeDeal(
  deps: Pick<Deps, "databases" | "clock" | "ids" | "log">,
  { principal, campaignId, dealId, request }: WriteDealInput,
): Promise<Result<ShownDeal, CampaignNotFound | DealNotFound | InvalidDeal>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });
  const at = deps.clock.now();
  const deal = dealOf(found, request, dealId ?? deps.ids.publicId("deal", at));
  const faults: InvalidDeal["faults"] = [
    ...dealFaults(deal, dealDays(at.toISOString().slice(0, 10))),
    ...(isKnownCurrency(deal.currency) ? [] : [{ field: "currency", fault: "unknown_currency" } as const]),
  ];
  if (faults.length > 0) return fail({ kind: "invalid_deal", faults });

  const { campaign, site } = found;
  const db = deps.databases.named(site.database);
  const row = { ...deal, siteId: site.siteId };
  if (dealId === null) await insertDeal(db, row, at);
  else if (!(await updateDeal(db, row, at))) return fail({ kind: "deal_not_found" });
  await noteChange(deps, principal, {
    action: dealId === null ? "deal.create" : "deal.update",
    subject: deal.publicId,
    detail: { campaign: campaign.publicId, deal: deal.kind },
  });
  return ok(showDeal(deal, campaign));
}

/** A share is of revenue, so it is in the site's currency; what the kind does not need is left out. */
function dealOf({ campaign, site }: FoundCampaign, request: DealRequest, publicId: string): Deal {
  const isShare = request.kind === "revenue_share";
  return {
    publicId,
    campaignId: campaign.id,
    kind: request.kind,
    startsOn: request.startsOn,
    endsOn: request.endsOn ?? null,
    amountMinor: isShare ? null : (request.amountMinor ?? null),
    sharePercent: isShare ? (request.sharePercent ?? null) : null,
    currency: isShare ? site.currency : (request.currency ?? campaign.currency),
    note: request.note || null,
  };
}
