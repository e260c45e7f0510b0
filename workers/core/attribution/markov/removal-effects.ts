import type { ChainSums } from "./chain-sums.ts";
import { invertMatrix } from "./invert-matrix.ts";

/** The chain at its end: what it converts to, and how much of that would be gone without each group. */
export type Effects = {
  /** Probability of a conversion, and expected value of a journey. */
  conversions: number;
  value: number;
  /** By group: what of these two is lost when every state with the group leads nowhere, in the same units. */
  lostConversions: Float64Array;
  lostValue: Float64Array;
};

/** For each group the states that hold it. */
export type GroupStates = readonly (readonly number[])[];

export function groupStates(states: readonly (readonly number[])[], groups: number): GroupStates {
  const places: number[][] = Array.from({ length: groups }, () => []);
  for (const [state, members] of states.entries()) {
    for (const group of new Set(members)) places[group]?.push(state);
  }
  return places;
}

/**
 * Exact removal effects of an absorbing Markov chain (Kemeny and Snell 1960, "Finite Markov Chains", ch. III; as
 * attribution: Anderl et al. 2016, "Mapping the customer journey").
 *
 * With Q the probabilities from state to state, r those of a conversion (or its expected value, by last state) and π
 * those of the first state: N = (I − Q)⁻¹, h = N·r, P = π·h. N₀ = π·N says how often a journey comes through each state.
 * Without the states A, P falls by N₀_A · N_AA⁻¹ · h_A; for a single state k by N₀ₖ · hₖ / Nₖₖ.
 *
 * `sums.steps` is used up: N takes its place, so that one matrix is held.
 */
export function removalEffects(sums: ChainSums, groups: GroupStates): Effects {
  const { size } = sums;
  const visits = fundamentalMatrix(sums);
  const entered = times(sums.starts, visits, size).map((count) => count / sums.journeys);
  const reached = [sums.converted, sums.convertedValue].map((ending) => ahead(visits, ending, sums.exits));
  const [conversions = new Float64Array(), value = new Float64Array()] = reached;
  const lost = groups.map((states) => lostWithout(states, { visits, size, entered, conversions, value }));
  return {
    conversions: dot(sums.starts, conversions) / sums.journeys,
    value: dot(sums.starts, value) / sums.journeys,
    lostConversions: Float64Array.from(lost, ([share]) => share),
    lostValue: Float64Array.from(lost, ([, share]) => share),
  };
}

/** N = (I − Q)⁻¹ in the place of the counts. A state that nobody left has a row of I. */
export function fundamentalMatrix({ size, steps, exits }: ChainSums): Float64Array {
  for (let state = 0; state < size; state += 1) {
    const row = steps.subarray(state * size, (state + 1) * size);
    const scale = -1 / (at(exits, state) || 1);
    for (let j = 0; j < size; j += 1) row[j] = at(row, j) * scale;
    row[state] = 1 + at(row, state);
  }
  invertMatrix(steps, size);
  return steps;
}

type Solved = {
  visits: Float64Array;
  size: number;
  entered: Float64Array;
  conversions: Float64Array;
  value: Float64Array;
};

function lostWithout(states: readonly number[], solved: Solved): [conversions: number, value: number] {
  const part = weightsWithout(states, solved);
  let [conversions, value] = [0, 0];
  for (const [i, state] of states.entries()) {
    conversions += at(part, i) * at(solved.conversions, state);
    value += at(part, i) * at(solved.value, state);
  }
  return [conversions, value];
}

/** N₀_A · N_AA⁻¹: how often a journey enters each of the states, had it not come through any of them before. */
export function weightsWithout(
  states: readonly number[],
  { visits, size, entered }: Pick<Solved, "visits" | "size" | "entered">,
): Float64Array {
  const count = states.length;
  const among = new Float64Array(count * count);
  for (const [i, from] of states.entries()) {
    for (const [j, to] of states.entries()) among[i * count + j] = at(visits, from * size + to);
  }
  invertMatrix(among, count);
  return times(
    Float64Array.from(states, (state) => at(entered, state)),
    among,
    count,
  );
}

/** Row vector times matrix. */
function times(vector: Float64Array, matrix: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const factor = at(vector, i);
    if (factor === 0) continue;
    const row = matrix.subarray(i * size, (i + 1) * size);
    for (let j = 0; j < size; j += 1) product[j] = at(product, j) + factor * at(row, j);
  }
  return product;
}

/** N · (ending ÷ exits): what is still ahead in each state. */
function ahead(visits: Float64Array, ending: Float64Array, exits: Float64Array): Float64Array {
  const rates = ending.map((sum, state) => sum / (at(exits, state) || 1));
  const size = rates.length;
  return rates.map((_, state) => dot(visits.subarray(state * size, (state + 1) * size), rates));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += at(a, i) * at(b, i);
  return sum;
}

/** Indices here are always inside; a check would cost more than the arithmetic. */
function at(values: Float64Array, i: number): number {
  return values[i] as number;
}
