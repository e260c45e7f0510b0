import type { Interval } from "#core/attribution/interval.ts";

/** A region, what it sold day by day, and what the test spent there more than would have been spent without it. */
export type Geo = { name: string; isTreated: boolean; revenue: Float64Array; cost: number };

/**
 * Geos of which some were treated from one day on: advertised to, or no longer. All have the same days, without a gap;
 * some are treated and some are not. Money is in any one unit.
 */
export type GeoExperiment = {
  geos: readonly Geo[];
  /** The place of the first day of the test, and so how many days there are before it. */
  daysBefore: number;
};

/** Incremental ROAS: what the test sold more, by what it cost more. Null where it cost nothing. */
export type Iroas = { iroas: number | null; iroasInterval: Interval | null };

/** The geos that were treated, and those that were not. */
export function treatedAndControl({ geos }: GeoExperiment): { treated: Geo[]; control: Geo[] } {
  return {
    treated: geos.filter(({ isTreated }) => isTreated),
    control: geos.filter(({ isTreated }) => !isTreated),
  };
}

/** Days of the test. */
export function daysTested({ geos, daysBefore }: GeoExperiment): number {
  return (geos[0]?.revenue.length ?? 0) - daysBefore;
}

/** What the test cost. Below 0 where spend was taken away. */
export function costOf({ geos }: GeoExperiment): number {
  return geos.reduce((sum, { cost }) => sum + cost, 0);
}

/** Revenue of some geos together, day by day. */
export function revenueOf(geos: readonly Geo[]): Float64Array {
  const sums = new Float64Array(geos[0]?.revenue.length ?? 0);
  for (const { revenue } of geos) {
    for (const [day, sold] of revenue.entries()) sums[day] = (sums[day] ?? 0) + sold;
  }
  return sums;
}

/** Of what was sold more. Spend that was taken away turns the interval round. */
export function iroasOf(incremental: number, interval: Interval | null, cost: number): Iroas {
  if (cost === 0) return { iroas: null, iroasInterval: null };
  return { iroas: incremental / cost, iroasInterval: interval && scaled(interval, 1 / cost) };
}

/** An interval in another unit. */
export function scaled({ low, high }: Interval, factor: number): Interval {
  return factor < 0 ? { low: high * factor, high: low * factor } : { low: low * factor, high: high * factor };
}

/** Sum of all numbers. */
export function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
