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
  for (const step of chainSteps(counts, options)) addStep(sums, step);
  return sums;
}

/** A step from `START` or a state to a state or `END`; only where a converting journey ends it has a value. */
export type ChainStep = {
  bucket: number;
  from: number;
  to: number;
  count: number;
  value: number;
  isConverting: boolean;
};

/** All steps that the options let count, one after the other. */
export function* chainSteps(counts: MarkovCounts, { nullJourneys }: MarkovOptions): Generator<ChainStep> {
  const { converting, nulls } = counts;
  for (let i = 0; i < converting.count.length; i += 1)
    yield { ...stepAt(converting, i), value: converting.value[i] ?? 0, isConverting: true };
  if (!nullJourneys) return;
  for (let i = 0; i < nulls.count.length; i += 1)
    yield { ...stepAt(nulls, i), value: 0, isConverting: false };
}

function stepAt(steps: StepCounts, i: number): Pick<ChainStep, "bucket" | "from" | "to" | "count"> {
  return {
    bucket: steps.bucket[i] ?? 0,
    from: steps.from[i] ?? START,
    to: steps.to[i] ?? END,
    count: steps.count[i] ?? 0,
  };
}

/** Adds a step, or takes it away again where its count and value are negative. */
export function addStep(sums: ChainSums, step: Omit<ChainStep, "bucket">): void {
  const { from, to, count, value, isConverting } = step;
  if (from === START) {
    sums.journeys += count;
    bump(sums.starts, to, count);
    return;
  }
  bump(sums.exits, from, count);
  if (to !== END) {
    bump(sums.steps, from * sums.size + to, count);
  } else if (isConverting) {
    sums.conversions += count;
    sums.value += value;
    bump(sums.converted, from, count);
    bump(sums.convertedValue, from, value);
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
