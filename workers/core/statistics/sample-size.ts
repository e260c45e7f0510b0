import { normalQuantile } from "./normal-distribution.ts";

export type Plan = {
  /** Conversion rates, without and with what is tested. */
  from: number;
  to: number;
  /** How often a difference is seen that is not there, two-sided, and one that is there. */
  alpha: number;
  power: number;
};

/** People needed in each of two groups to tell the rates apart, not rounded (R's `power.prop.test`; Fleiss 1981, 3.2). */
export function peoplePerGroup({ from, to, alpha, power }: Plan): number {
  const pooled = (from + to) / 2;
  const apart = normalQuantile(1 - alpha / 2) * Math.sqrt(2 * pooled * (1 - pooled));
  const seen = normalQuantile(power) * Math.sqrt(from * (1 - from) + to * (1 - to));
  return ((apart + seen) / (to - from)) ** 2;
}
