import { MarkovCounter } from "#core/attribution/markov/markov-counter.ts";
import { markovCredit } from "#core/attribution/markov/markov-credit.ts";
import { markovIntervals } from "#core/attribution/markov/markov-intervals.ts";
import type { MarkovCounts } from "#core/attribution/markov/markov-counts.ts";
import { seededRandom } from "#scripts/seed/seeded-random.ts";
import { type BenchResult, median, SCALE } from "./bench-result.ts";

const JOURNEYS = 200_000;
const LONGEST = 12;
const OPTIONS = { order: 1, nullJourneys: true } as const;
const TOTAL = { conversions: JOURNEYS / 10, value: 1e9 };

type Case = {
  name: string;
  channels: number;
  targetSeconds: number | null;
  rounds: number;
  work: (counts: MarkovCounts) => { ok: boolean };
};

const credit = (counts: MarkovCounts) => markovCredit(counts, TOTAL, OPTIONS);

const CASES: readonly Case[] = [
  {
    name: "exact removal effects for 500 channels from counts, in seconds",
    channels: 500,
    targetSeconds: 0.5,
    rounds: 7,
    work: credit,
  },
  {
    name: "jackknife of 100 buckets with 40 channels, in seconds",
    channels: 40,
    targetSeconds: 1,
    rounds: 7,
    work: (counts) => markovIntervals(counts, TOTAL, OPTIONS),
  },
  {
    name: "its first order, for chains of more than 200 states, with 250 channels, in seconds",
    channels: 250,
    targetSeconds: null,
    rounds: 5,
    work: (counts) => markovIntervals(counts, TOTAL, OPTIONS),
  },
  {
    name: "exact removal effects for 1,800 states, the most there may be, in seconds",
    channels: 1800,
    targetSeconds: null,
    rounds: 5,
    work: credit,
  },
];

/** Seconds on one core, in Node: the engine is the same in a Worker, whose clock stands still while it computes. */
export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const { name, channels, targetSeconds, rounds, work } of CASES) {
    const counts = randomCounts(channels);
    const seconds = Array.from({ length: rounds }, () => secondsOf(() => work(counts)));
    const steps = counts.converting.count.length + counts.nulls.count.length;
    results.push({
      name,
      ratio: median(seconds),
      target: targetSeconds,
      bound: "at most",
      detail: `${steps.toLocaleString("en")} counts of 100 buckets; the inverse takes ${((counts.states.length ** 2 * 8) / 1e6).toFixed(1)} MB; medians of ${rounds}`,
    });
  }
  return await Promise.resolve(results);
}

/** Nearly every channel follows nearly every other: nothing is sparse, which is the worst case. */
function randomCounts(channels: number): MarkovCounts {
  const random = seededRandom(channels);
  const counter = new MarkovCounter(OPTIONS.order);
  for (let i = 0; i < JOURNEYS * SCALE; i += 1) {
    const length = random.between(1, LONGEST);
    const groups = Array.from({ length }, () => `c${random.between(1, channels)}`);
    const conversions = random.isLikely(0.1) ? 1 : 0;
    counter.add({
      bucket: random.between(0, 99),
      groups,
      conversions,
      value: conversions * random.between(1, 1e5),
      nulls: 1 - conversions,
    });
  }
  return counter.counts();
}

function secondsOf(work: () => { ok: boolean }): number {
  const startedMs = performance.now();
  if (!work().ok) throw new Error("The bench's chain has too many states");
  return (performance.now() - startedMs) / 1000;
}
