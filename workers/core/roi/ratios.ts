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
};

/** `numerator / base`, or the reason why not. A base below zero, as of a share that refunds gave back, is none. */
export function ratio(numerator: number, base: number, reason: MissingBase): Ratio {
  return base <= 0 ? { value: null, reason } : { value: numerator / base, reason: null };
}

/** CTR = clicks / impressions. */
export const ctr = ({ clicks, impressions }: Figures): Ratio => ratio(clicks, impressions, "no_impressions");

/** CVR = conversions / visitors. */
export const cvr = ({ conversions, visitors }: Figures): Ratio => ratio(conversions, visitors, "no_visitors");

/** AOV = revenue / conversions, minor units. */
export const aov = ({ revenueMinor, conversions }: Figures): Ratio =>
  ratio(revenueMinor, conversions, "no_conversions");

/** CPA = spend / conversions, minor units. No spend row: null; an explicit 0 gives 0 (decisions 25). */
export function cpa(figures: Figures): Ratio {
  return overSpend(figures, (spendMinor) => ratio(spendMinor, figures.conversions, "no_conversions"));
}

/** ROAS = revenue / spend. */
export function roas(figures: Figures): Ratio {
  return overSpend(figures, (spendMinor) => ratio(figures.revenueMinor, spendMinor, "no_spend"));
}

/** ROI = (revenue − spend) / spend. */
export function roi(figures: Figures): Ratio {
  return overSpend(figures, (spendMinor) => ratio(figures.revenueMinor - spendMinor, spendMinor, "no_spend"));
}

function overSpend(figures: Figures, compute: (spendMinor: number) => Ratio): Ratio {
  if (figures.isSpendForeign) return { value: null, reason: "currency_mismatch" };
  if (figures.spendMinor === null) return { value: null, reason: "no_spend" };
  return compute(figures.spendMinor);
}
