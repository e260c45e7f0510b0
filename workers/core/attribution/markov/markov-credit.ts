import type { Result } from "#core/result.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import type { MarkovCounts } from "./markov-counts.ts";

/** What is to be shared out: conversions, and their value net of refunds in minor units (or any unit). */
export type MarkovTotal = { conversions: number; value: number };

/** A group's credit; removal effects are between 0 and 1, for conversions and for value apart. */
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

export const MAX_STATES = 1800;

/** Advice: group by something that has fewer values, or take a lower order. */
export type MarkovError = { kind: "too_many_states"; states: number; max: number };

export type MarkovCreditOf = (
  counts: MarkovCounts,
  total: MarkovTotal,
  options: MarkovOptions,
) => Result<MarkovCredit, MarkovError>;
