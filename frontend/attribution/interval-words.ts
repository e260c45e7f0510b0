import type { Interval } from "#contract/attribution.ts";

/** Converting journeys that a figure needs before it says something. */
export const TOO_FEW_BELOW = 30;

/** Two ends that lie equally far off, but for this part of their distance, are a "±". */
const EVEN = 0.01;

type Format = (value: number) => string;

/** "± 18", or "290–360" where the figure does not lie in the middle, as that of a ratio. */
export function marginText(value: number, { low, high }: Interval, format: Format): string {
  const [below, above] = [value - low, high - value];
  const isEven = Math.abs(above - below) <= EVEN * (high - low);
  return isEven ? `± ${format(rounded((high - low) / 2))}` : `${format(low)}–${format(high)}`;
}

/** What the margin means, in one sentence. */
export function intervalWords({ low, high }: Interval, format: Format): string {
  return `In 95 of 100 such periods chance alone would put it between ${format(low)} and ${format(high)}.`;
}

/** A margin to two figures: more would be more exact than it is. */
function rounded(margin: number): number {
  if (margin === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(margin))) - 1);
  return Math.round(margin / step) * step;
}
