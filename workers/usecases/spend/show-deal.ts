import type { Deal as ShownDeal } from "#contract/deals.ts";
import type { Deal } from "#core/spend/deal.ts";

/** A stored deal as the API shows it, with the campaign that is paid for. */
export function showDeal(deal: Deal, campaign: { publicId: string; name: string }): ShownDeal {
  const { amountMinor, currency } = deal;
  return {
    id: deal.publicId,
    campaignId: campaign.publicId,
    campaign: campaign.name,
    kind: deal.kind,
    startsOn: deal.startsOn,
    endsOn: deal.endsOn,
    amount: amountMinor === null ? null : { minor: amountMinor, currency },
    sharePercent: deal.sharePercent,
    currency,
    note: deal.note,
  };
}
