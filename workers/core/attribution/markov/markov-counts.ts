/** In the place of a state that is left: the journey begins. */
export const START = -1;
/** In the place of a state that is entered: the journey ends. */
export const END = -1;

/** A visitor's hash puts all their journeys into one of these; the jackknife leaves out one after the other. */
export const BUCKETS = 100;

/**
 * How often journeys went from a state to a state, one entry per (bucket, from, to) in columns of equal length. The same
 * triple may come more than once (a day each): counts are additive.
 */
export type StepCounts = {
  /** 0 to 99. */
  bucket: ArrayLike<number>;
  /** A place in `states`, or `START`. */
  from: ArrayLike<number>;
  /** A place in `states`, or `END`: the conversion or, for null journeys, nothing. */
  to: ArrayLike<number>;
  count: ArrayLike<number>;
};

/**
 * Where `to` is `END`, `value` is what those conversions were worth together (minor units); elsewhere it is 0, also beyond
 * its end: it may be shorter than the other columns.
 */
export type ConvertingSteps = StepCounts & { value: ArrayLike<number> };

/**
 * What the Markov engine needs to know of all journeys: what Postgres sums, or `MarkovCounter` does in memory.
 *
 * A state is a k-gram of groups: the last k touches, k being the order; a journey shorter than k is one state. Equal
 * consecutive states are one, so that there are no self-loops. A journey's first step is from `START` to its first
 * state, its last one from its last state to `END`; each counts once for each conversion, or null journey, of that way.
 */
export type MarkovCounts = {
  /** Keys of the groups: campaigns, channels… as text. */
  groups: readonly string[];
  /** Each state's groups, as places in `groups`, oldest first. */
  states: readonly (readonly number[])[];
  converting: ConvertingSteps;
  nulls: StepCounts;
};
