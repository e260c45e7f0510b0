/** A ratio that may have no base: then it has no value, and says why. Never 0 in its place (product.md §6). */
export type MissingBase =
  | "no_spend"
  | "no_conversions"
  | "no_visitors"
  | "no_impressions"
  | "currency_mismatch"
  | "no_margin"
  | "not_paid_back"
  | "no_budget"
  | "no_flight"
  | "not_started";
export type Ratio = { value: number | null; reason: MissingBase | null };

/** What the ratios are made of. Money in minor units of one currency. */
export type Figures = {
  impressions: number;
  clicks: number;
  visitors: number;
  conversions: number;
  revenueMinor: number;
  /** Null: no spend row; a row of 0 is a known spend of nothing. */
  spendMinor: number | null;
  /** Spend is in a currency that revenue cannot be compared with. */
  isSpendForeign: boolean;
  /** Some of what was earned is in a currency without a rate: it is counted, but `revenueMinor` lacks its money. */
  isRevenueForeign: boolean;
};

/** Two currencies without a rate give no number (product.md §6). */
const NO_RATE: Ratio = { value: null, reason: "currency_mismatch" };

/** `numerator / base`, or the reason why not. A base below zero, as of a share that refunds gave back, is none. */
export function ratio(numerator: number, base: number, reason: MissingBase): Ratio {
  return base <= 0 ? { value: null, reason } : { value: numerator / base, reason: null };
}

/** CTR = clicks / impressions. */
export const ctr = ({ clicks, impressions }: Figures): Ratio => ratio(clicks, impressions, "no_impressions");

/** CVR = conversions / visitors. */
export const cvr = ({ conversions, visitors }: Figures): Ratio => ratio(conversions, visitors, "no_visitors");

/** AOV = revenue / conversions, minor units. */
export function aov(figures: Figures): Ratio {
  return overRevenue(figures, () => ratio(figures.revenueMinor, figures.conversions, "no_conversions"));
}

/** CPA = spend / conversions, minor units. No spend row: null; an explicit 0 gives 0 (decisions 25). */
export function cpa(figures: Figures): Ratio {
  return overSpend(figures, (spendMinor) => ratio(spendMinor, figures.conversions, "no_conversions"));
}

/** ROAS = revenue / spend. */
export function roas(figures: Figures): Ratio {
  return overRevenue(figures, () =>
    overSpend(figures, (spendMinor) => ratio(figures.revenueMinor, spendMinor, "no_spend")),
  );
}

/** ROI = (revenue − spend) / spend. */
export function roi(figures: Figures): Ratio {
  return overRevenue(figures, () =>
    overSpend(figures, (spendMinor) => ratio(figures.revenueMinor - spendMinor, spendMinor, "no_spend")),
  );
}

/** A ratio over revenue; there is none where a part of the revenue has no rate. */
export function overRevenue(
  { isRevenueForeign }: Pick<Figures, "isRevenueForeign">,
  compute: () => Ratio,
): Ratio {
  return isRevenueForeign ? NO_RATE : compute();
}

/** A ratio over spend; there is none without a row of it, or where a part of it has no rate. */
export function overSpend(
  figures: Pick<Figures, "spendMinor" | "isSpendForeign">,
  compute: (spendMinor: number) => Ratio,
): Ratio {
  if (figures.isSpendForeign) return NO_RATE;
  if (figures.spendMinor === null) return { value: null, reason: "no_spend" };
  return compute(figures.spendMinor);
}
