import type { Interval } from "#core/attribution/interval.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { formVariance, leastSquares } from "#core/statistics/least-squares.ts";
import { studentQuantile } from "#core/statistics/student-t.ts";
import { costOf, scaled, sumOf, type GeoExperiment } from "./geo-experiment.ts";

export type GeoBasedRegression = {
  /** Of revenue during the test: a constant, by revenue before it, by cost. The last is the iROAS. */
  coefficients: readonly [number, number, number];
  iroas: number;
  /** Of the iROAS. */
  se: number;
  freedom: number;
  iroasInterval: Interval;
  /** What was sold more in the whole test: iROAS by cost. */
  incremental: number;
  interval: Interval;
};

export type GeoBasedError =
  | { kind: "no_cost" }
  | { kind: "no_revenue_before"; geo: string }
  | { kind: "too_few_geos"; geos: number; min: number }
  | { kind: "geos_alike" };

/** Three coefficients, and something to tell the spread by. */
const MIN_GEOS = 4;

/**
 * Geo-based regression (Vaver and Koehler 2011, "Measuring Ad Effectiveness Using Geo Experiments", 4): over the geos,
 * revenue during the test ≈ β₀ + β₁ · revenue before it + β₂ · cost, weighted by 1 ÷ (revenue before)², as the noise of a
 * geo goes with its size. β₂ is the iROAS. Student's with three geos less than there are.
 */
export function geoBasedRegression(experiment: GeoExperiment): Result<GeoBasedRegression, GeoBasedError> {
  const { geos, daysBefore } = experiment;
  if (geos.length < MIN_GEOS) return fail({ kind: "too_few_geos", geos: geos.length, min: MIN_GEOS });
  if (geos.every(({ cost }) => cost === 0)) return fail({ kind: "no_cost" });
  const before = Float64Array.from(geos, ({ revenue }) => sumOf(revenue.subarray(0, daysBefore)));
  const without = geos.find((_, i) => !((before[i] ?? 0) > 0));
  if (without) return fail({ kind: "no_revenue_before", geo: without.name });
  const during = Float64Array.from(geos, ({ revenue }) => sumOf(revenue.subarray(daysBefore)));
  const cost = Float64Array.from(geos, (geo) => geo.cost);
  const weighted = (values: Float64Array) => values.map((value, i) => value / (before[i] ?? 1));
  const ones = new Float64Array(geos.length).fill(1);
  const fit = leastSquares([ones, before, cost].map(weighted), weighted(during));
  if (fit === null) return fail({ kind: "geos_alike" });
  const [constant = 0, byRevenue = 0, iroas = 0] = fit.coefficients;
  const se = Math.sqrt((fit.squares / fit.freedom) * formVariance(fit, [0, 0, 1]));
  const halfWidth = studentQuantile(0.975, fit.freedom) * se;
  const iroasInterval = { low: iroas - halfWidth, high: iroas + halfWidth };
  const spent = costOf(experiment);
  return ok({
    coefficients: [constant, byRevenue, iroas],
    iroas,
    se,
    freedom: fit.freedom,
    iroasInterval,
    incremental: iroas * spent,
    interval: scaled(iroasInterval, spent),
  });
}
