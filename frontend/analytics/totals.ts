import type { CampaignRow, Kpis } from "#contract/analytics.ts";
import { nothingHappened } from "#core/report/nothing-happened.ts";

export const UNATTRIBUTED = "(unattributed)";
export const NO_CAMPAIGN = "(no campaign)";

export type CreditPair = { conversions: number; revenueMinor: number };

/** Fractions of linear credit add up to 1e-9 at best; below this a rest is rounding, not conversions. */
const ROUNDING = 1e-6;

/** The column's sum. */
export function sumOf<T>(rows: readonly T[], pick: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}

/**
 * The campaigns' money together, in minor units. `spendMinor` is null where nobody entered any and where some of it has no
 * rate, and `roas` where that is so, where some of the revenue has none, and where nothing was spent: half a sum is none.
 */
export function campaignTotals(rows: readonly CampaignRow[]): {
  revenueMinor: number;
  spendMinor: number | null;
  roas: number | null;
} {
  const revenueMinor = sumOf(rows, (row) => row.revenueMinor);
  // CPA asks for spend alone, so that only spend without a rate is a mismatch to it.
  const isSpendWhole = rows.every(({ cpa }) => cpa.reason !== "currency_mismatch");
  const spent = rows.flatMap(({ spendMinor: spend }) => spend ?? []);
  const spendMinor = isSpendWhole && spent.length > 0 ? sumOf(spent, (minor) => minor) : null;
  const isRevenueWhole = rows.every(({ isRevenueForeign }) => !isRevenueForeign);
  const roas = spendMinor && isRevenueWhole ? revenueMinor / spendMinor : null;
  return { revenueMinor, spendMinor, roas };
}

/** What the rows lack of the whole: conversions that no touchpoint earned. Null when nothing is missing. */
export function missingCredit(rows: readonly CreditPair[], whole: CreditPair): CreditPair | null {
  const conversions = whole.conversions - sumOf(rows, (row) => row.conversions);
  const revenueMinor = whole.revenueMinor - sumOf(rows, (row) => row.revenueMinor);
  if (Math.abs(conversions) < ROUNDING && revenueMinor === 0) return null;
  return { conversions: Math.round(conversions * 1e9) / 1e9, revenueMinor };
}

/** Whether nothing at all came in. */
export function isQuiet({
  pageviews,
  clicks,
  impressions,
  conversions,
}: Pick<Kpis, "pageviews" | "clicks" | "impressions" | "conversions">): boolean {
  return pageviews === 0 && clicks === 0 && impressions === 0 && conversions === 0;
}

/** Whether there is nothing to compare with. Where nothing came in, money may still have gone: as spend, or as refunds. */
export function isOfNothing(kpis: Kpis): boolean {
  const isMoneyForeign = kpis.roi.reason === "currency_mismatch";
  return isQuiet(kpis) && nothingHappened([{ ...kpis, isRevenueForeign: isMoneyForeign }]);
}
