/** A 95 % interval. */
export type Interval = { low: number; high: number };

/** Below this many converting journeys an interval says less than it seems to: the figure is greyed, "too few". */
export const MIN_CONVERTING_JOURNEYS = 30;

/** Two-sided 95 % of the normal distribution. */
export const Z_95 = 1.959_963_984_540_054;

/** Whether there are too few converting journeys for a figure to be leant on. */
export function isTooFew(convertingJourneys: number): boolean {
  return convertingJourneys < MIN_CONVERTING_JOURNEYS;
}

/**
 * Of credit that is a sum of weights (conversions, or money), when how many converted is itself chance: a compound Poisson
 * sum, whose variance is Σw², w being what one person brought in all (decisions 26; Ross, "Introduction to Probability
 * Models", 5.4.2).
 */
export function sumInterval({ sum, sumSquares }: { sum: number; sumSquares: number }): Interval {
  return intervalAround(sum, Z_95 * Math.sqrt(sumSquares));
}

/**
 * Of a share of N conversions, N being as it is: (Σw ± 1.96 · √(Σw² − (Σw)²/N)) ÷ N, within 0 and 1. Null if there are
 * none. For weights of 0 and 1 this is Wald's interval of a proportion.
 */
export function shareInterval(credit: {
  sum: number;
  sumSquares: number;
  conversions: number;
}): Interval | null {
  const { sum, sumSquares, conversions } = credit;
  if (conversions === 0) return null;
  const variance = Math.max(0, sumSquares - sum ** 2 / conversions);
  const { low, high } = intervalAround(sum, Z_95 * Math.sqrt(variance));
  return { low: Math.max(0, low / conversions), high: Math.min(1, high / conversions) };
}

/** A figure that is at least 0 has no interval below it; one that refunds made negative may go further down. */
export function intervalAround(figure: number, halfWidth: number): Interval {
  const low = figure - halfWidth;
  return { low: figure < 0 ? low : Math.max(0, low), high: figure + halfWidth };
}

/** CPA from the end points of its conversions; null when they reach 0, for then it has no upper end, or nothing was spent. */
export function cpaInterval(spendMinor: number, conversions: Interval): Interval | null {
  if (conversions.low <= 0 || spendMinor <= 0) return null;
  return { low: spendMinor / conversions.high, high: spendMinor / conversions.low };
}

/** ROAS from the end points of its revenue; null when they reach 0 (decisions 26), or nothing was spent. */
export function roasInterval(revenueMinor: Interval, spendMinor: number): Interval | null {
  if (revenueMinor.low <= 0 || spendMinor <= 0) return null;
  return { low: revenueMinor.low / spendMinor, high: revenueMinor.high / spendMinor };
}
