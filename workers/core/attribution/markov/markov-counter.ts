import type { MarkovOrder } from "#core/attribution/options.ts";
import { END, START, type ConvertingSteps, type MarkovCounts, type StepCounts } from "./markov-counts.ts";

/** Journeys of one way and one bucket together: `value` is that of the conversions. */
export type CountedJourney = {
  bucket: number;
  /** Not empty, oldest first. */
  groups: readonly string[];
  conversions: number;
  value: number;
  nulls: number;
};

type Step = { bucket: number; from: number; to: number; count: number; value: number };

/** Counts journeys in memory as Postgres does; it holds steps, not journeys, so that files may be of any length. */
export class MarkovCounter {
  readonly #order: MarkovOrder;
  readonly #groups = new Map<string, number>();
  readonly #states = new Map<string, { index: number; groups: number[] }>();
  readonly #converting = new Map<string, Step>();
  readonly #nulls = new Map<string, Step>();

  constructor(order: MarkovOrder) {
    this.#order = order;
  }

  add({ bucket, groups, conversions, value, nulls }: CountedJourney): void {
    const states = journeyStates(
      groups.map((group) => indexOf(this.#groups, group)),
      this.#order,
    ).map((state) => this.#stateOf(state));
    const steps = [START, ...states].map((from, i) => ({ bucket, from, to: states[i] ?? END }));
    for (const step of steps) {
      if (conversions > 0) add(this.#converting, step, { count: conversions, value });
      if (nulls > 0) add(this.#nulls, step, { count: nulls, value: 0 });
    }
  }

  counts(): MarkovCounts {
    return {
      groups: [...this.#groups.keys()],
      states: [...this.#states.values()].map(({ groups }) => groups),
      converting: columns(this.#converting),
      nulls: columns(this.#nulls),
    };
  }

  #stateOf(groups: number[]): number {
    const key = groups.join(" ");
    const known = this.#states.get(key);
    if (known) return known.index;
    const index = this.#states.size;
    this.#states.set(key, { index, groups });
    return index;
  }
}

/**
 * The states of a journey: its k-grams one behind the other, equal consecutive ones as one. A journey shorter than k is
 * one state, all of it.
 */
export function journeyStates<G>(groups: readonly G[], order: MarkovOrder): G[][] {
  const count = Math.max(1, groups.length - order + 1);
  const states = Array.from({ length: count }, (_, i) => groups.slice(i, i + order));
  return states.filter(
    (state, i) => i === 0 || state.some((group, place) => group !== states[i - 1]?.[place]),
  );
}

function indexOf(places: Map<string, number>, name: string): number {
  const place = places.get(name) ?? places.size;
  places.set(name, place);
  return place;
}

type Way = Pick<Step, "bucket" | "from" | "to">;

function add(steps: Map<string, Step>, way: Way, { count, value }: Pick<Step, "count" | "value">): void {
  const key = `${way.bucket} ${way.from} ${way.to}`;
  const step = steps.get(key) ?? { ...way, count: 0, value: 0 };
  step.count += count;
  if (way.to === END) step.value += value;
  steps.set(key, step);
}

function columns(steps: Map<string, Step>): StepCounts & ConvertingSteps {
  const rows = [...steps.values()];
  return {
    bucket: Uint8Array.from(rows, ({ bucket }) => bucket),
    from: Int32Array.from(rows, ({ from }) => from),
    to: Int32Array.from(rows, ({ to }) => to),
    count: Float64Array.from(rows, ({ count }) => count),
    value: Float64Array.from(rows, ({ value }) => value),
  };
}
