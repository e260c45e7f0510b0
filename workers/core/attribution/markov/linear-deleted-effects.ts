import type { MarkovOptions } from "#core/attribution/options.ts";
import { chainColumns, type ChainColumns, type ChainSums } from "./chain-sums.ts";
import { partsLeft, type Jackknife } from "./deleted-effects.ts";
import { BUCKETS, END, START, type MarkovCounts } from "./markov-counts.ts";
import {
  entriesInto,
  groupStates,
  inverseAmong,
  removalEffects,
  type SolvedChain,
} from "./removal-effects.ts";
import type { SolvedCounts } from "./solve-counts.ts";

/**
 * What `deletedEffects` gives, to first order: the chain is solved once, and each bucket moves the result along its
 * derivative (the infinitesimal jackknife: Jaeckel 1972; Efron 1982, "The Jackknife, the Bootstrap and Other
 * Resampling Plans", ch. 6). For chains so large that a hundred inverses would take minutes.
 *
 * Let x be what is still ahead in each state, and y how often a journey comes through it, in the chain without the
 * group's states; there x_s = Σ c_st·x_t ÷ exits_s, x being 1 (or the value) at a conversion and 0 without one. A bucket
 * that took the step s → t c times then changes P by −c · y_s/exits_s · (x_t − x_s), and one that began in t c times by
 * −c/journeys · (x_t − P).
 */
export function linearDeletedEffects(
  counts: MarkovCounts,
  options: MarkovOptions,
  { sums, chain }: SolvedCounts,
): Jackknife {
  const columns = chainColumns(counts, options);
  const left = leftWithout(columns, sums);
  const groups = groupStates(counts.states, counts.groups.length);
  const lost = groups.map((states) => changes(chainWithout(states, { chain, sums }), columns));
  const deleted = left.map((bucket, b) => {
    const conversions = bucket.conversions / (bucket.journeys || 1);
    const value = bucket.value / (bucket.journeys || 1);
    return {
      effects: {
        conversions,
        value,
        lostConversions: Float64Array.from(lost, (group) => conversions - (group.conversions[b] ?? 0)),
        lostValue: Float64Array.from(lost, (group) => value - (group.value[b] ?? 0)),
      },
      ...partsLeft(bucket, sums),
    };
  });
  return { whole: removalEffects(chain, groups), deleted };
}

type Totals = Pick<ChainSums, "journeys" | "conversions" | "value">;

/** What is left without each bucket: the chain converts exactly as often as its journeys did. */
function leftWithout(columns: readonly ChainColumns[], sums: ChainSums): Totals[] {
  const { journeys, conversions, value } = sums;
  const left = Array.from({ length: BUCKETS }, () => ({ journeys, conversions, value }));
  for (const { steps, value: values } of columns) {
    for (let i = 0; i < steps.count.length; i += 1) {
      const bucket = left[at(steps.bucket, i)];
      if (!bucket) continue;
      if (steps.from[i] === START) bucket.journeys -= at(steps.count, i);
      if (steps.to[i] !== END || values === null) continue;
      bucket.conversions -= at(steps.count, i);
      bucket.value -= at(values, i);
    }
  }
  return left;
}

/** The chain without a group's states, by state, in which all is 0; behind the last one stands the start. */
type ChainWithout = {
  /** y ÷ exits. */
  rate: Float64Array;
  conversionsAhead: Float64Array;
  valueAhead: Float64Array;
};

function chainWithout(states: readonly number[], { chain, sums }: SolvedCounts): ChainWithout {
  const { size, visits } = chain;
  const entries = entriesInto(states, chain);
  const rate = withStart(chain.entered, 1 / (sums.journeys || 1));
  for (const [i, state] of states.entries()) {
    const weight = at(entries, i);
    for (let s = 0; s < size; s += 1) rate[s] = at(rate, s) - weight * at(visits, state * size + s);
  }
  for (let s = 0; s < size; s += 1) rate[s] = at(rate, s) / (at(sums.exits, s) || 1);
  for (const state of states) rate[state] = 0;
  const inverse = inverseAmong(states, chain);
  const ahead = (of: Float64Array) => {
    const left = aheadWithout(of, { states, inverse, chain });
    const begun = left.reduce((sum, x, s) => sum + x * at(sums.starts, s), 0);
    return withStart(left, begun / (sums.journeys || 1));
  };
  return { rate, conversionsAhead: ahead(chain.conversionsAhead), valueAhead: ahead(chain.valueAhead) };
}

function withStart(values: Float64Array, start: number): Float64Array {
  const longer = new Float64Array(values.length + 1);
  longer.set(values);
  longer[values.length] = start;
  return longer;
}

type Without = { states: readonly number[]; inverse: Float64Array; chain: SolvedChain };

/** h − N_·A · N_AA⁻¹ · h_A. */
function aheadWithout(ahead: Float64Array, { states, inverse, chain }: Without): Float64Array {
  const { size, visits } = chain;
  const weights = states.map((_, i) =>
    states.reduce((sum, state, j) => sum + at(inverse, i * states.length + j) * at(ahead, state), 0),
  );
  const left = ahead.slice();
  for (let s = 0; s < size; s += 1) {
    let through = 0;
    for (const [i, state] of states.entries()) through += at(visits, s * size + state) * (weights[i] ?? 0);
    left[s] = at(left, s) - through;
  }
  for (const state of states) left[state] = 0;
  return left;
}

/** P without the group, and without each bucket, to first order. */
function changes(
  { rate, conversionsAhead, valueAhead }: ChainWithout,
  columns: readonly ChainColumns[],
): Record<"conversions" | "value", Float64Array> {
  const start = rate.length - 1;
  const conversions = new Float64Array(BUCKETS).fill(at(conversionsAhead, start));
  const value = new Float64Array(BUCKETS).fill(at(valueAhead, start));
  // Groups times steps: the one loop here that may run a billion times, so it reads its arrays without a detour.
  for (const { steps, value: values } of columns) {
    const { bucket, count, from, to } = steps;
    const converted = values === null ? 0 : 1;
    for (let i = 0; i < count.length; i += 1) {
      const times = count[i] as number;
      const left = from[i] === START ? start : (from[i] as number);
      const entered = to[i] as number;
      const after = entered === END ? converted : (conversionsAhead[entered] as number);
      const worth = entered === END ? (values?.[i] ?? 0) : times * (valueAhead[entered] as number);
      const weight = rate[left] as number;
      const b = bucket[i] as number;
      conversions[b] =
        (conversions[b] as number) - weight * times * (after - (conversionsAhead[left] as number));
      value[b] = (value[b] as number) - weight * (worth - times * (valueAhead[left] as number));
    }
  }
  return { conversions, value };
}

/** Indices here are always inside; a check would cost more than the arithmetic. */
function at(values: ArrayLike<number>, i: number): number {
  return values[i] as number;
}
