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

/** An absorbing chain, solved: N = (I − Q)⁻¹ and what follows from it. */
export type SolvedChain = {
  size: number;
  /** N, row by row: how often a journey that is in a state will come through each state. */
  visits: Float64Array;
  /** N₀ = π·N: how often a journey comes through each state. */
  entered: Float64Array;
  /** h = N·r: the probability of a conversion, and the value, still ahead in each state. */
  conversionsAhead: Float64Array;
  valueAhead: Float64Array;
  /** P = π·h: those of a journey that has not begun. */
  conversions: number;
  value: number;
};

/**
 * Exact removal effects of an absorbing Markov chain (Kemeny and Snell 1960, "Finite Markov Chains", ch. III; as
 * attribution: Anderl et al. 2016, "Mapping the customer journey").
 *
 * With Q the probabilities from state to state, r those of a conversion (or its expected value, by last state) and π
 * those of the first state: N = (I − Q)⁻¹, h = N·r, P = π·h. Without the states A, P falls by N₀_A · N_AA⁻¹ · h_A; for a
 * single state k by N₀ₖ · hₖ / Nₖₖ.
 */
export function removalEffects(chain: SolvedChain, groups: GroupStates): Effects {
  const lost = groups.map((states) => lostWithout(states, chain));
  return {
    conversions: chain.conversions,
    value: chain.value,
    lostConversions: Float64Array.from(lost, ([share]) => share),
    lostValue: Float64Array.from(lost, ([, share]) => share),
  };
}

/** Solves the chain. `sums.steps` is used up: N takes its place, so that no second matrix is held. */
export function solveChain(sums: ChainSums): SolvedChain {
  const { size, starts, journeys, exits } = sums;
  const visits = fundamentalMatrix(sums);
  const conversionsAhead = ahead(visits, sums.converted, exits);
  const valueAhead = ahead(visits, sums.convertedValue, exits);
  return {
    size,
    visits,
    entered: times(starts, visits, size).map((count) => count / (journeys || 1)),
    conversionsAhead,
    valueAhead,
    conversions: dot(starts, conversionsAhead) / (journeys || 1),
    value: dot(starts, valueAhead) / (journeys || 1),
  };
}

/** N = (I − Q)⁻¹ in the place of the counts. A state that nobody left has a row of I. */
function fundamentalMatrix({ size, steps, exits }: ChainSums): Float64Array {
  for (let state = 0; state < size; state += 1) {
    const row = steps.subarray(state * size, (state + 1) * size);
    const scale = -1 / (at(exits, state) || 1);
    for (let j = 0; j < size; j += 1) row[j] = at(row, j) * scale;
    row[state] = 1 + at(row, state);
  }
  invertMatrix(steps, size);
  return steps;
}

function lostWithout(states: readonly number[], chain: SolvedChain): [conversions: number, value: number] {
  const entries = entriesInto(states, chain);
  let [conversions, value] = [0, 0];
  for (const [i, state] of states.entries()) {
    conversions += at(entries, i) * at(chain.conversionsAhead, state);
    value += at(entries, i) * at(chain.valueAhead, state);
  }
  return [conversions, value];
}

/** N₀_A · N_AA⁻¹: how often a journey comes to each of the states first, having been in none of them before. */
export function entriesInto(states: readonly number[], chain: SolvedChain): Float64Array {
  const entered = Float64Array.from(states, (state) => at(chain.entered, state));
  return times(entered, inverseAmong(states, chain), states.length);
}

/** N_AA⁻¹, row by row. */
export function inverseAmong(states: readonly number[], { visits, size }: SolvedChain): Float64Array {
  const among = new Float64Array(states.length * states.length);
  for (const [i, from] of states.entries()) {
    for (const [j, to] of states.entries()) among[i * states.length + j] = at(visits, from * size + to);
  }
  invertMatrix(among, states.length);
  return among;
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
