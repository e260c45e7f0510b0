import { intervalAround, type Interval } from "#core/attribution/interval.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { deletedEffects, type DeletedEffects, type Jackknife } from "./deleted-effects.ts";
import { linearDeletedEffects } from "./linear-deleted-effects.ts";
import { BUCKETS, type MarkovCounts } from "./markov-counts.ts";
import {
  creditOf,
  MAX_STATES,
  shareOut,
  type MarkovCredit,
  type MarkovError,
  type MarkovTotal,
} from "./markov-credit.ts";
import { solveCounts, type SolvedCounts } from "./solve-counts.ts";

export type MarkovGroupIntervals = { group: string; conversions: Interval; value: Interval };

/** Up to here the chain is solved anew for every bucket; a hundred inverses of this size take about a second. */
const MOST_STATES_SOLVED = 200;

/** Two-sided 95 % of Student's t with 99 degrees of freedom, one less than there are buckets. */
const T_95 = 1.984_216_951_586_447;

/**
 * 95 % intervals of Markov credit by a delete-one jackknife over 100 buckets of visitors (Tukey 1958; Efron and Stein
 * 1981): all is worked out again without each bucket, and se² = 99/100 · Σ(θ₋b − mean)².
 *
 * Credit is a total: without a bucket it is smaller by about a hundredth, and is scaled up by 100/99 before it is
 * compared. Buckets without a journey count like any other. In a chain of more than 200 states each bucket's effect is
 * taken to first order instead (`linearDeletedEffects`), which is the same in the limit.
 */
export function markovIntervals(
  counts: MarkovCounts,
  total: MarkovTotal,
  options: MarkovOptions,
): Result<MarkovGroupIntervals[], MarkovError> {
  const states = counts.states.length;
  if (states > MAX_STATES) return fail({ kind: "too_many_states", states, max: MAX_STATES });
  return ok(intervalsOf(counts, total, jackknife(counts, options)));
}

/** Credit and its intervals. The chain is solved once for both, where it is large: it is most of what this holds. */
export function markovCreditWithIntervals(
  counts: MarkovCounts,
  total: MarkovTotal,
  options: MarkovOptions,
): Result<{ credit: MarkovCredit; intervals: MarkovGroupIntervals[] }, MarkovError> {
  const states = counts.states.length;
  if (states > MAX_STATES) return fail({ kind: "too_many_states", states, max: MAX_STATES });
  const solved = solveCounts(counts, options);
  return ok({
    credit: creditOf(counts, total, solved),
    intervals: intervalsOf(counts, total, jackknife(counts, options, solved)),
  });
}

function jackknife(counts: MarkovCounts, options: MarkovOptions, solved?: SolvedCounts): Jackknife {
  return counts.states.length <= MOST_STATES_SOLVED
    ? deletedEffects(counts, options)
    : linearDeletedEffects(counts, options, solved ?? solveCounts(counts, options));
}

function intervalsOf(
  counts: MarkovCounts,
  total: MarkovTotal,
  { whole, deleted }: Jackknife,
): MarkovGroupIntervals[] {
  const credit = shareOut(whole, total);
  const without = deleted.map((effects) => scaledCredit(effects, total));
  const interval = (field: "conversions" | "value", i: number) =>
    around(
      credit[field][i] ?? 0,
      without.map((left) => left[field][i] ?? 0),
    );
  return counts.groups.map((group, i) => ({
    group,
    conversions: interval("conversions", i),
    value: interval("value", i),
  }));
}

/** The credit without a bucket: of what is left of the total, scaled up to a hundred buckets. */
function scaledCredit({ effects, conversionsLeft, valueLeft }: DeletedEffects, total: MarkovTotal) {
  const scale = BUCKETS / (BUCKETS - 1);
  return shareOut(effects, {
    conversions: total.conversions * conversionsLeft * scale,
    value: total.value * valueLeft * scale,
  });
}

function around(figure: number, deleted: readonly number[]): Interval {
  const mean = deleted.reduce((sum, theta) => sum + theta, 0) / BUCKETS;
  const squares = deleted.reduce((sum, theta) => sum + (theta - mean) ** 2, 0);
  return intervalAround(figure, T_95 * Math.sqrt(((BUCKETS - 1) / BUCKETS) * squares));
}
