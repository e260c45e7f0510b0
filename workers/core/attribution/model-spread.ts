import { isTooFew, type Interval } from "./interval.ts";
import { sumsToTotal, type Model } from "./models.ts";

/** What one model says of a figure: credited conversions, revenue… */
export type ModelFigure = { model: Model; figure: number; interval: Interval | null };

/**
 * From the lowest to the highest figure of the models that share out the same total. `agree`: another model would hardly
 * change a decision; `disagree`: it might, so look at the journeys or test.
 */
export type ModelSpread = { low: number; high: number; verdict: "agree" | "disagree" | "too_few" };

/** What a model gives a row: whole or parts of conversions, minor units, and how many converting journeys made it. */
export type SpreadCredit = {
  conversions: number;
  conversionsInterval: Interval | null;
  revenueMinor: number;
  revenueInterval: Interval | null;
  convertingJourneys: number;
};

/** Models this near each other, measured against the middle of their spread, say the same. */
const NEAR = 0.1;

/**
 * How far the models are apart. Participation is left out: it counts a conversion more than once. Null without a figure.
 *
 * They agree when the spread is at most a tenth of its middle, or when each figure lies inside the interval of every
 * other model: then they are no further apart than chance alone would move any one of them. Below 30 converting
 * journeys there is no verdict.
 */
export function modelSpread(figures: readonly ModelFigure[], convertingJourneys: number): ModelSpread | null {
  const sharing = figures.filter(({ model }) => sumsToTotal(model));
  if (sharing.length === 0) return null;
  const low = Math.min(...sharing.map(({ figure }) => figure));
  const high = Math.max(...sharing.map(({ figure }) => figure));
  if (isTooFew(convertingJourneys)) return { low, high, verdict: "too_few" };
  const isNear = high - low <= (NEAR * Math.abs(low + high)) / 2;
  const isWithinChance = sharing.every(
    ({ interval }) => interval !== null && interval.low <= low && high <= interval.high,
  );
  return { low, high, verdict: isNear || isWithinChance ? "agree" : "disagree" };
}

/**
 * How far the models that stand beside each other are apart on a row's conversions and revenue: the one rule of the
 * workbench, its file and reports. A model that is not shown is not judged. Null without a model that shares out the total.
 */
export function creditSpread(
  credits: ReadonlyMap<Model, SpreadCredit>,
): { conversions: ModelSpread; revenueMinor: ModelSpread } | null {
  const journeys = Math.max(...[...credits.values()].map(({ convertingJourneys }) => convertingJourneys));
  const of = (figure: "conversions" | "revenueMinor", interval: "conversionsInterval" | "revenueInterval") =>
    modelSpread(
      [...credits].map(([model, credit]) => ({ model, figure: credit[figure], interval: credit[interval] })),
      journeys,
    );
  const conversions = of("conversions", "conversionsInterval");
  const revenueMinor = of("revenueMinor", "revenueInterval");
  return conversions && revenueMinor && { conversions, revenueMinor };
}
