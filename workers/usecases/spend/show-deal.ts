import type { Deal as ShownDeal } from "#contract/deals.ts";
import type { Deal } from "#core/spend/deal.ts";

/** A stored deal as the API shows it. */
export function showDeal(deal: Deal, campaignId: string): ShownDeal {
  const { amountMinor, currency } = deal;
  return {
    id: deal.publicId,
    campaignId,
    kind: deal.kind,
    startsOn: deal.startsOn,
    endsOn: deal.endsOn,
    amount: amountMinor === null ? null : { minor: amountMinor, currency },
    sharePercent: deal.sharePercent,
    currency,
    note: deal.note,
  };
}
