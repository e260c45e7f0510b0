import type { Interval } from "#core/attribution/interval.ts";

/** Gaps that are the same but for rounding are as large. */
const AS_LARGE = 1 - 1e-9;

/** One less the level of the interval. */
const ALPHA = 0.05;

/** After so many doublings an end is nowhere; by so many halvings a found one is told to a ten-thousandth of its last step. */
const MAX_DOUBLINGS = 40;
const HALVINGS = 14;

/**
 * Conformal p-value (Chernozhukov, Wüthrich and Zhu 2021, "An Exact and Robust Conformal Inference Method for
 * Counterfactual and Synthetic Controls", q = 1): the gaps of all days, fitted as if there was no effect, are turned round
 * like a ring, which keeps neighbours together; p is the part of the turns after which the last `blockDays` hold gaps that
 * are as large, in absolute sum, as those they hold now. At least 1 ÷ days.
 */
export function movingBlockP(gaps: Float64Array, blockDays: number): number {
  const days = gaps.length;
  const sumFrom = (start: number) => {
    let sum = 0;
    for (let i = 0; i < blockDays; i += 1) sum += Math.abs(gaps[(start + i) % days] ?? 0);
    return sum;
  };
  const now = sumFrom(days - blockDays);
  let asLarge = 0;
  for (let start = 0; start < days; start += 1) if (sumFrom(start) >= now * AS_LARGE) asLarge += 1;
  return asLarge / days;
}

/** An effect that was found, the p-value of any other, and how far to go at first. */
type Search = { pOf: (effect: number) => number; effect: number; step: number };

/**
 * The effects around the one found that the test does not refuse at 5 %: its ends are sought by doubling the distance,
 * then halving. Null where it refuses the effect itself, or none: with fewer than 20 days, or with more days of test than
 * before it, none is strange enough.
 */
export function effectInterval(search: Search): Interval | null {
  const { pOf, effect, step } = search;
  if (pOf(effect) <= ALPHA) return null;
  const [low, high] = [endOf(search, -step), endOf(search, step)];
  return low === null || high === null ? null : { low, high };
}

function endOf({ pOf, effect }: Search, step: number): number | null {
  let [inside, outside] = [0, step];
  for (let doublings = 0; pOf(effect + outside) > ALPHA; doublings += 1) {
    if (doublings === MAX_DOUBLINGS) return null;
    [inside, outside] = [outside, outside * 2];
  }
  for (let halvings = 0; halvings < HALVINGS; halvings += 1) {
    const middle = (inside + outside) / 2;
    if (pOf(effect + middle) > ALPHA) inside = middle;
    else outside = middle;
  }
  // The outer end: rather too wide than too narrow.
  return effect + outside;
}
