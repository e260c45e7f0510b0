/** What the same stretch of the week came to in earlier weeks. */
export type Baseline = {
  /** Weeks that are known. */
  weeks: number;
  median: number;
  /** What half of the weeks lie between: the lower and the upper quartile. */
  low: number;
  high: number;
  /** Standard deviation as the median absolute deviation estimates it: one odd week does not move it. */
  spread: number;
};

/** With fewer weeks there is no rhythm to speak of. */
export const LEAST_WEEKS = 4;
/** How far back is looked. */
export const BASELINE_WEEKS = 8;

/** Of a normal distribution σ is 1.4826 times the median absolute deviation (Rousseeuw and Croux, 1993). */
const MAD_TO_SIGMA = 1.4826;

/** The baseline of some weeks' values; null where there are too few of them. */
export function baselineOf(values: readonly number[]): Baseline | null {
  if (values.length < LEAST_WEEKS) return null;
  const median = quantile(values, 0.5);
  const deviations = values.map((value) => Math.abs(value - median));
  return {
    weeks: values.length,
    median,
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    spread: MAD_TO_SIGMA * quantile(deviations, 0.5),
  };
}

/** Between two values by their distance (Hyndman and Fan's type 7). */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
