import { normalQuantile, twoSidedP } from "./normal-distribution.ts";

/** Of how many people in a group how many converted. */
export type Proportion = { converted: number; people: number };

/** A group that saw a campaign and one that is alike and did not. */
export type Comparison = { treatment: Proportion; control: Proportion };

const Z_95 = normalQuantile(0.975);

/** Pearson's χ² test that both convert alike, one degree of freedom; with Yates' correction where asked. */
export function chiSquared(
  { treatment, control }: Comparison,
  isCorrected: boolean,
): { statistic: number; p: number } {
  const people = treatment.people + control.people;
  const converted = treatment.converted + control.converted;
  const gap = Math.abs(treatment.converted * control.people - control.converted * treatment.people);
  const distance = isCorrected ? Math.max(0, gap - people / 2) : gap;
  const spread = converted * (people - converted) * treatment.people * control.people;
  const statistic = spread === 0 ? 0 : (people * distance ** 2) / spread;
  return { statistic, p: twoSidedP(Math.sqrt(statistic)) };
}

/** R adds what is as probable as the outcome but for rounding. */
const AS_PROBABLE = 1 + 1e-7;

/**
 * Fisher's exact test, two-sided: the probability of all outcomes with the same margins that are no more probable than
 * the one at hand. From each outcome to the next the hypergeometric probability changes by a known ratio, so that nothing
 * but ratios is needed.
 */
export function fisherP({ treatment, control }: Comparison): number {
  const converted = treatment.converted + control.converted;
  const least = Math.max(0, converted - control.people);
  const most = Math.min(converted, treatment.people);
  const logs: number[] = [0];
  for (let k = least; k < most; k += 1) {
    const up = (treatment.people - k) * (converted - k);
    const down = (k + 1) * (control.people - converted + k + 1);
    logs.push((logs.at(-1) ?? 0) + Math.log(up / down));
  }
  const top = logs.reduce((high, log) => Math.max(high, log), 0);
  const weights = logs.map((log) => Math.exp(log - top));
  const limit = (weights[treatment.converted - least] ?? 0) * AS_PROBABLE;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.reduce((total, weight) => (weight <= limit ? total + weight : total), 0) / sum;
}

/** Wald's 95 % interval of the difference of the rates. Too narrow for small groups: take Newcombe's. */
export function waldInterval({ treatment, control }: Comparison): { low: number; high: number } {
  const [t, c] = [rateOf(treatment), rateOf(control)];
  const halfWidth = Z_95 * Math.sqrt((t * (1 - t)) / treatment.people + (c * (1 - c)) / control.people);
  return { low: t - c - halfWidth, high: t - c + halfWidth };
}

/** Newcombe's 95 % interval of the difference of the rates, from Wilson's of each (1998, method 10). */
export function newcombeInterval({ treatment, control }: Comparison): { low: number; high: number } {
  const [t, c] = [rateOf(treatment), rateOf(control)];
  const [ofT, ofC] = [wilsonInterval(treatment), wilsonInterval(control)];
  return {
    low: t - c - Math.hypot(t - ofT.low, ofC.high - c),
    high: t - c + Math.hypot(ofT.high - t, c - ofC.low),
  };
}

/** Wilson's 95 % score interval of a rate (1927). */
export function wilsonInterval({ converted, people }: Proportion): { low: number; high: number } {
  const square = Z_95 ** 2;
  const middle = 2 * converted + square;
  const spread = Z_95 * Math.sqrt(square + 4 * converted * (1 - converted / people));
  const scale = 2 * (people + square);
  return { low: (middle - spread) / scale, high: (middle + spread) / scale };
}

/**
 * By how much more the treatment converts, relatively, with the 95 % interval by the logarithm of the ratio (Katz et al.
 * 1978). Null if either converted nobody.
 */
export function relativeLift({
  treatment,
  control,
}: Comparison): { lift: number; low: number; high: number } | null {
  if (treatment.converted === 0 || control.converted === 0) return null;
  const ratio = rateOf(treatment) / rateOf(control);
  const variance =
    1 / treatment.converted - 1 / treatment.people + (1 / control.converted - 1 / control.people);
  const factor = Math.exp(Z_95 * Math.sqrt(variance));
  return { lift: ratio - 1, low: ratio / factor - 1, high: ratio * factor - 1 };
}

function rateOf({ converted, people }: Proportion): number {
  return converted / people;
}
