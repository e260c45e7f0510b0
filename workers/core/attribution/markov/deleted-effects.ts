import type { MarkovOptions } from "#core/attribution/options.ts";
import { addStep, chainColumns, sumChain, type ChainColumns, type ChainSums } from "./chain-sums.ts";
import { BUCKETS, type MarkovCounts } from "./markov-counts.ts";
import { groupStates, removalEffects, solveChain, type Effects } from "./removal-effects.ts";

/** The chain without one bucket, and which parts of all conversions and of their value are left. */
export type DeletedEffects = { effects: Effects; conversionsLeft: number; valueLeft: number };

/** Of all buckets, and without each of the 100. */
export type Jackknife = { whole: Effects; deleted: DeletedEffects[] };

/** Removal effects without each bucket: the chain is solved anew every time. */
export function deletedEffects(counts: MarkovCounts, options: MarkovOptions): Jackknife {
  const whole = sumChain(counts, options);
  const groups = groupStates(counts.states, counts.groups.length);
  const buckets = chainColumns(counts, options).map((columns) => ({
    columns: { ...columns, sign: -1 as const },
    places: placesByBucket(columns),
  }));
  const left = copyOf(whole);
  const deleted = Array.from({ length: BUCKETS }, (_, bucket) => {
    restore(left, whole);
    for (const { columns, places } of buckets) {
      for (const i of places[bucket] ?? []) addStep(left, columns, i);
    }
    const effects = removalEffects(solveChain(left), groups);
    return { effects, ...partsLeft(left, whole) };
  });
  restore(left, whole);
  return { whole: removalEffects(solveChain(left), groups), deleted };
}

/** Where values add up to nothing, refunds of earlier conversions are shared by conversions. */
export function partsLeft(
  left: Pick<ChainSums, "conversions" | "value">,
  whole: Pick<ChainSums, "conversions" | "value">,
): { conversionsLeft: number; valueLeft: number } {
  const conversionsLeft = whole.conversions === 0 ? 0 : left.conversions / whole.conversions;
  return { conversionsLeft, valueLeft: whole.value === 0 ? conversionsLeft : left.value / whole.value };
}

function placesByBucket({ steps }: ChainColumns): number[][] {
  const places: number[][] = Array.from({ length: BUCKETS }, () => []);
  for (let i = 0; i < steps.count.length; i += 1) places[steps.bucket[i] ?? 0]?.push(i);
  return places;
}

function copyOf(sums: ChainSums): ChainSums {
  const { starts, exits, converted, convertedValue, steps } = sums;
  return {
    ...sums,
    starts: starts.slice(),
    exits: exits.slice(),
    converted: converted.slice(),
    convertedValue: convertedValue.slice(),
    steps: steps.slice(),
  };
}

/** The same arrays for every bucket: a hundred copies of a matrix would not fit. */
function restore(sums: ChainSums, whole: ChainSums): void {
  sums.journeys = whole.journeys;
  sums.conversions = whole.conversions;
  sums.value = whole.value;
  sums.starts.set(whole.starts);
  sums.exits.set(whole.exits);
  sums.converted.set(whole.converted);
  sums.convertedValue.set(whole.convertedValue);
  sums.steps.set(whole.steps);
}
