import type { Interval } from "#core/attribution/interval.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { formVariance, leastSquares } from "#core/statistics/least-squares.ts";
import { studentCdf, studentQuantile } from "#core/statistics/student-t.ts";
import {
  costOf,
  daysTested,
  iroasOf,
  revenueOf,
  sumOf,
  treatedAndControl,
  type GeoExperiment,
  type Iroas,
} from "./geo-experiment.ts";

export type TimeBasedRegression = Iroas & {
  /** Treated revenue of a day = alpha + beta · control revenue, give or take sigma, as it was before the test. */
  alpha: number;
  beta: number;
  sigma: number;
  freedom: number;
  /** What was sold more in the whole test, its standard error and 95 % interval. */
  incremental: number;
  se: number;
  interval: Interval;
  /** Probability that a unit spent sold more than one. Null where nothing was spent. */
  probabilityAboveOne: number | null;
};

export type TimeBasedError =
  | { kind: "too_few_days"; daysBefore: number; min: number }
  | { kind: "control_constant" };

/** Two coefficients, and something to tell the spread by. */
const MIN_DAYS_BEFORE = 3;

/**
 * Time-based regression (Kerman, Wang and Vaver 2017, "Estimating Ad Effectiveness using Geo Experiments in a Time-Based
 * Regression Framework"): the days before the test say how treated revenue goes with control revenue; what the treated
 * geos sold beyond that during the test is incremental.
 *
 * With n days of test and c the control revenue of all of them, the sum has the variance σ² · (n + v'(X'X)⁻¹v), v = (n, c):
 * the days' own noise, and that of the line itself; σ being estimated makes it Student's with two days less than there
 * were before. Days are taken as independent of each other.
 */
export function timeBasedRegression(experiment: GeoExperiment): Result<TimeBasedRegression, TimeBasedError> {
  const { daysBefore } = experiment;
  if (daysBefore < MIN_DAYS_BEFORE) return fail({ kind: "too_few_days", daysBefore, min: MIN_DAYS_BEFORE });
  const groups = treatedAndControl(experiment);
  const [treated, control] = [revenueOf(groups.treated), revenueOf(groups.control)];
  const fit = leastSquares(
    [new Float64Array(daysBefore).fill(1), control.subarray(0, daysBefore)],
    treated.subarray(0, daysBefore),
  );
  if (fit === null) return fail({ kind: "control_constant" });
  const [alpha = 0, beta = 0] = fit.coefficients;
  const sigma = Math.sqrt(fit.squares / fit.freedom);
  const days = daysTested(experiment);
  const controlSold = sumOf(control.subarray(daysBefore));
  const incremental = sumOf(treated.subarray(daysBefore)) - alpha * days - beta * controlSold;
  const se = sigma * Math.sqrt(days + formVariance(fit, [days, controlSold]));
  const halfWidth = studentQuantile(0.975, fit.freedom) * se;
  const interval = { low: incremental - halfWidth, high: incremental + halfWidth };
  const cost = costOf(experiment);
  return ok({
    alpha,
    beta,
    sigma,
    freedom: fit.freedom,
    incremental,
    se,
    interval,
    ...iroasOf(incremental, interval, cost),
    probabilityAboveOne:
      cost === 0 ? null : studentCdf(standardised(incremental / cost - 1, se / Math.abs(cost)), fit.freedom),
  });
}

/** In standard errors; a figure without an error is as far as can be, unless it is nothing. */
function standardised(figure: number, se: number): number {
  return figure === 0 ? 0 : figure / se;
}
