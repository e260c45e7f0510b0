/** A vertical axis with round ticks that holds every value and zero. */
export type ValueScale = { min: number; max: number; ticks: number[] };

const NICE_STEPS = [1, 2, 2.5, 5, 10];

/** `smallestStep` keeps counts whole: an axis of conversions has no tick at 0.5. */
export function valueScale(values: readonly number[], tickCount: number, smallestStep: number): ValueScale {
  const { low, high } = extent(values);
  const span = high - low;
  if (span === 0) return { min: 0, max: smallestStep, ticks: [0] };

  const step = Math.max(smallestStep, niceStep(span / tickCount));
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { min: first * step, max: last * step, ticks };
}

function extent(values: readonly number[]): { low: number; high: number } {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = NICE_STEPS.find((nice) => nice * power >= atLeast) ?? 10;
  return factor * power;
}
