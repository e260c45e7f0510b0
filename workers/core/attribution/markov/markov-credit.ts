import type { MarkovOptions } from "#core/attribution/options.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ChainSums } from "./chain-sums.ts";
import type { MarkovCounts } from "./markov-counts.ts";
import { groupStates, removalEffects, type Effects } from "./removal-effects.ts";
import { solveCounts, type SolvedCounts } from "./solve-counts.ts";

/** What is to be shared out: conversions, and their value net of refunds in minor units (or any unit). */
export type MarkovTotal = { conversions: number; value: number };

/** A group's credit in double precision; removal effects are between 0 and 1, for conversions and for value apart. */
export type MarkovGroupCredit = {
  group: string;
  removalEffect: number;
  removalEffectValue: number;
  conversions: number;
  value: number;
};

export type MarkovCredit = {
  /** What the chain says; equal to the empirical rate, conversions ÷ journeys. */
  pConversion: number;
  states: number;
  /** In the order of `counts.groups`. */
  credit: MarkovGroupCredit[];
};

/** 1,800² doubles are 26 MB. */
export const MAX_STATES = 1800;

/** Advice: group by something that has fewer values, or take a lower order. */
export type MarkovError = { kind: "too_many_states"; states: number; max: number };

/** How far the chain may be from what was counted, relatively; what is measured is below 1e-12. */
const TOLERANCE = 1e-9;

/**
 * Markov credit, exact: `RE / ΣRE × total`, RE being the share of conversions (of value) that would be lost without the
 * group; conversions and value are normalised apart. Never simulated, one inverse.
 *
 * Throws if the chain does not convert as often, or to as much, as the journeys did that it was made of: then the counts
 * do not belong together, or the arithmetic is wrong.
 */
export function markovCredit(
  counts: MarkovCounts,
  total: MarkovTotal,
  options: MarkovOptions,
): Result<MarkovCredit, MarkovError> {
  const states = counts.states.length;
  if (states > MAX_STATES) return fail({ kind: "too_many_states", states, max: MAX_STATES });
  return ok(creditOf(counts, total, solveCounts(counts, options)));
}

/** Credit from a chain that is solved already. */
export function creditOf(
  counts: MarkovCounts,
  total: MarkovTotal,
  { sums, chain }: SolvedCounts,
): MarkovCredit {
  const effects = removalEffects(chain, groupStates(counts.states, counts.groups.length));
  checkAgainstCounts(effects, sums);
  const { conversions, value } = shareOut(effects, total);
  const credit = counts.groups.map((group, i) => ({
    group,
    removalEffect: ratio(effects.lostConversions[i], effects.conversions),
    removalEffectValue: ratio(effects.lostValue[i], effects.value),
    conversions: conversions[i] ?? 0,
    value: value[i] ?? 0,
  }));
  return { pConversion: effects.conversions, states: counts.states.length, credit };
}

/**
 * A total by groups in proportion to what each would lose. Where no conversion is worth anything, but refunds of earlier ones
 * are to be shared, value goes by conversions.
 */
export function shareOut(
  { lostConversions, lostValue }: Effects,
  total: MarkovTotal,
): { conversions: Float64Array; value: Float64Array } {
  const shares = proportions(lostConversions);
  const valueShares = lostValue.some((lost) => lost !== 0) ? proportions(lostValue) : shares;
  return {
    conversions: shares.map((share) => share * total.conversions),
    value: valueShares.map((share) => share * total.value),
  };
}

function proportions(lost: Float64Array): Float64Array {
  const sum = lost.reduce((total, part) => total + part, 0);
  return lost.map((part) => (sum === 0 ? 0 : part / sum));
}

function ratio(part = 0, whole = 0): number {
  return whole === 0 ? 0 : part / whole;
}

function checkAgainstCounts(effects: Effects, sums: ChainSums): void {
  const counted = [
    ["P(conversion)", effects.conversions, sums.conversions],
    ["the value of a journey", effects.value, sums.value],
  ] as const;
  for (const [what, chain, sum] of counted) {
    const empirical = ratio(sum, sums.journeys);
    if (Math.abs(chain - empirical) > TOLERANCE * Math.max(Math.abs(empirical), Number.EPSILON))
      throw new Error(`The chain does not fit its counts: ${what} is ${chain} instead of ${empirical}`);
  }
}
