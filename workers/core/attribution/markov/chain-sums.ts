import type { MarkovOptions } from "#core/attribution/options.ts";
import { END, START, type MarkovCounts, type StepCounts } from "./markov-counts.ts";

/** How often each step was taken, whoever took it; rows and columns are states. */
export type ChainSums = {
  size: number;
  journeys: number;
  conversions: number;
  value: number;
  /** By first state. */
  starts: Float64Array;
  /** Steps out of each state, endings too. */
  exits: Float64Array;
  /** Conversions, and their value, by last state. */
  converted: Float64Array;
  convertedValue: Float64Array;
  /** From state to state, row by row: `size × size`. */
  steps: Float64Array;
};

/** The steps of all buckets, of converting journeys and, where the options say so, of null ones. */
export function sumChain(counts: MarkovCounts, options: MarkovOptions): ChainSums {
  const sums = emptySums(counts.states.length);
  for (const columns of chainColumns(counts, options)) {
    for (let i = 0; i < columns.steps.count.length; i += 1) addStep(sums, columns, i);
  }
  return sums;
}

/** Steps that count: added where `sign` is 1, taken away where it is −1. Null journeys have no value. */
export type ChainColumns = { steps: StepCounts; value: ArrayLike<number> | null; sign: 1 | -1 };

export function chainColumns(
  { converting, nulls }: MarkovCounts,
  { nullJourneys }: MarkovOptions,
): ChainColumns[] {
  const columns: ChainColumns[] = [{ steps: converting, value: converting.value, sign: 1 }];
  return nullJourneys ? [...columns, { steps: nulls, value: null, sign: 1 }] : columns;
}

/** Adds the i-th step of the columns, or takes it away. */
export function addStep(sums: ChainSums, { steps, value, sign }: ChainColumns, i: number): void {
  const from = steps.from[i] ?? START;
  const to = steps.to[i] ?? END;
  const count = sign * (steps.count[i] ?? 0);
  if (from === START) {
    sums.journeys += count;
    bump(sums.starts, to, count);
    return;
  }
  bump(sums.exits, from, count);
  if (to !== END) {
    bump(sums.steps, from * sums.size + to, count);
  } else if (value !== null) {
    const worth = sign * (value[i] ?? 0);
    sums.conversions += count;
    sums.value += worth;
    bump(sums.converted, from, count);
    bump(sums.convertedValue, from, worth);
  }
}

function emptySums(size: number): ChainSums {
  return {
    size,
    journeys: 0,
    conversions: 0,
    value: 0,
    starts: new Float64Array(size),
    exits: new Float64Array(size),
    converted: new Float64Array(size),
    convertedValue: new Float64Array(size),
    steps: new Float64Array(size * size),
  };
}

function bump(sums: Float64Array, place: number, by: number): void {
  sums[place] = (sums[place] ?? 0) + by;
}
