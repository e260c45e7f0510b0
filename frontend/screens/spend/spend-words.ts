import type { Deal } from "#contract/deals.ts";
import type { LedgerRow } from "#contract/spend.ts";
import { DEFAULT_SPEND_SOURCE } from "#core/campaigns/spend-rows.ts";
import type { DealKind } from "#core/spend/deal.ts";
import { formatDay } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";

export const DEAL_WORDS: Readonly<Record<DealKind, { label: string; explanation: string; unit: string }>> = {
  fixed: {
    label: "Fixed sum",
    explanation: "One sum, spread evenly over the days of the deal, to the cent.",
    unit: "in all",
  },
  cpm: {
    label: "CPM",
    explanation: "Cost per mille: a price for each thousand impressions that we counted.",
    unit: "for 1,000 impressions",
  },
  cpc: {
    label: "CPC",
    explanation: "Cost per click: a price for each click that we counted.",
    unit: "for each click",
  },
  cpa: {
    label: "CPA",
    explanation:
      "Cost per acquisition: a price for each conversion of the campaign, by last touch with a lookback of 30 days.",
    unit: "for each conversion",
  },
  revenue_share: {
    label: "Revenue share",
    explanation: "A share of the campaign's revenue less refunds, by last touch with a lookback of 30 days.",
    unit: "of revenue",
  },
};

/** "€0.45 for each click", "12.5% of revenue". */
export function dealTerms({ kind, amount, sharePercent }: Deal): string {
  const { unit } = DEAL_WORDS[kind];
  return amount === null
    ? `${sharePercent ?? 0}% ${unit}`
    : `${formatMoney(amount.minor, amount.currency)} ${unit}`;
}

/** Where a row of the ledger comes from. */
export function sourceLabel({ deal, source }: Pick<LedgerRow, "deal" | "source">): string {
  if (deal) return `Deal: ${DEAL_WORDS[deal.kind].label}`;
  return source === DEFAULT_SPEND_SOURCE ? "Entered by hand" : source;
}

const rateFormat = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });

/** "0.92226 of 6 Mar 2026, ECB". */
export function rateLabel(rate: NonNullable<LedgerRow["rate"]>): string {
  return `${rateFormat.format(rate.value)} of ${formatDay(rate.day)}, ${rate.source}`;
}

export function shortRate(rate: NonNullable<LedgerRow["rate"]>): string {
  return rateFormat.format(rate.value);
}
