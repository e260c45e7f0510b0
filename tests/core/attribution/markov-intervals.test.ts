import { describe, expect, it } from "vitest";

import { deletedEffects } from "#core/attribution/markov/deleted-effects.ts";
import { linearDeletedEffects } from "#core/attribution/markov/linear-deleted-effects.ts";
import { MAX_STATES, markovCredit, type MarkovTotal } from "#core/attribution/markov/markov-credit.ts";
import { MarkovCounter, type CountedJourney } from "#core/attribution/markov/markov-counter.ts";
import { markovCreditWithIntervals, markovIntervals } from "#core/attribution/markov/markov-intervals.ts";
import { solveCounts } from "#core/attribution/markov/solve-counts.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import { seededRandom } from "#scripts/seed/seeded-random.ts";
import { differences } from "#tests/support/differences.ts";
import { randomJourneys } from "./random-journeys.ts";

/** With coverage, on a busy machine, a thousand cases take their time. */
const PATIENCE = { timeout: 60_000 };

/** The soak takes a thousand. */
const SAMPLES = process.env["SOAK"] === "1" ? 1000 : 150;
const WITH_NULLS: MarkovOptions = { order: 1, nullJourneys: true };

function countsOf(journeys: readonly CountedJourney[], { order }: MarkovOptions) {
  const counter = new MarkovCounter(order);
  for (const journey of journeys) counter.add(journey);
  return counter.counts();
}

function totalOf(journeys: readonly CountedJourney[]): MarkovTotal {
  const sum = (field: "conversions" | "value") => journeys.reduce((total, one) => total + one[field], 0);
  return { conversions: sum("conversions"), value: sum("value") };
}

function creditOf(journeys: readonly CountedJourney[], options: MarkovOptions) {
  const result = markovCredit(countsOf(journeys, options), totalOf(journeys), options);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value.credit;
}

function intervalsOf(journeys: readonly CountedJourney[], options: MarkovOptions) {
  const result = markovIntervals(countsOf(journeys, options), totalOf(journeys), options);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

describe("the jackknife of Markov credit", PATIENCE, () => {
  const journeys = randomJourneys(seededRandom(1), { journeys: 800, channels: 4 });

  it("is what counting again without each bucket gives, scaled up to a hundred buckets", () => {
    const thetas = Array.from({ length: 100 }, (_, bucket) => {
      const left = journeys.filter((journey) => journey.bucket !== bucket);
      const credit = creditOf(left, WITH_NULLS);
      return new Map(credit.map(({ group, conversions, value }) => [group, { conversions, value }]));
    });
    const whole = creditOf(journeys, WITH_NULLS);
    for (const [i, { group, conversions, value }] of intervalsOf(journeys, WITH_NULLS).entries()) {
      for (const [field, interval] of [
        ["conversions", conversions],
        ["value", value],
      ] as const) {
        const deleted = thetas.map((theta) => ((theta.get(group)?.[field] ?? 0) * 100) / 99);
        const mean = deleted.reduce((sum, theta) => sum + theta, 0) / 100;
        const variance = (99 / 100) * deleted.reduce((sum, theta) => sum + (theta - mean) ** 2, 0);
        const halfWidth = 1.984_216_951_586_447 * Math.sqrt(variance);
        expect(interval.high - (whole[i]?.[field] ?? 0)).toBeCloseTo(halfWidth, 6);
        expect((whole[i]?.[field] ?? 0) - interval.low).toBeCloseTo(halfWidth, 6);
      }
    }
  });

  it("holds the credit that is expected in 95 of 100 samples, about", () => {
    const random = seededRandom(2);
    const samples = Array.from({ length: SAMPLES }, () => {
      const sample = randomJourneys(random, { journeys: 500, channels: 3 });
      const credit = creditOf(sample, WITH_NULLS);
      return intervalsOf(sample, WITH_NULLS).map((interval, i) => ({ ...interval, credit: credit[i] }));
    }).map((groups) => new Map(groups.map((group) => [group.group, group])));
    for (const group of ["c0", "c1", "c2"]) {
      for (const field of ["conversions", "value"] as const) {
        const mean =
          samples.reduce((sum, sample) => sum + (sample.get(group)?.credit?.[field] ?? 0), 0) /
          samples.length;
        const held = samples.filter((sample) => {
          const interval = sample.get(group)?.[field];
          return interval !== undefined && interval.low <= mean && mean <= interval.high;
        });
        // Four standard deviations of as many draws at 95 %.
        const chance = 4 * Math.sqrt((0.95 * 0.05) / SAMPLES);
        expect(held.length / samples.length).toBeGreaterThan(0.95 - chance);
        expect(held.length / samples.length).toBeLessThan(0.95 + chance);
      }
    }
  });

  it("has no interval below nothing, and none around what never earned", () => {
    const one = { bucket: 3, groups: ["a"], conversions: 1, value: 500, nulls: 0 };
    const other = { bucket: 4, groups: ["b"], conversions: 0, value: 0, nulls: 5 };
    const [a, b] = intervalsOf([one, other], WITH_NULLS);
    expect(a?.conversions.low).toBe(0);
    expect(a?.value.high).toBeGreaterThan(500);
    expect(b).toEqual({ group: "b", conversions: { low: 0, high: 0 }, value: { low: 0, high: 0 } });
  });
});

describe("credit with its intervals, of one solved chain", PATIENCE, () => {
  it.each([4, 240])("is what either says alone, of %i groups", (channels) => {
    const journeys = randomJourneys(seededRandom(6), { journeys: 2500, channels });
    const counts = countsOf(journeys, WITH_NULLS);
    const both = markovCreditWithIntervals(counts, totalOf(journeys), WITH_NULLS);

    expect(both.ok && both.value.credit.credit).toEqual(creditOf(journeys, WITH_NULLS));
    expect(both.ok && both.value.intervals).toEqual(intervalsOf(journeys, WITH_NULLS));
  });

  it("refuses what has too many states", () => {
    const journeys = Array.from({ length: MAX_STATES + 1 }, (_, i) => ({
      bucket: i % 100,
      groups: [`g${i}`],
      conversions: 1,
      value: 1,
      nulls: 0,
    }));
    expect(markovCreditWithIntervals(countsOf(journeys, WITH_NULLS), totalOf(journeys), WITH_NULLS)).toEqual({
      ok: false,
      error: { kind: "too_many_states", states: MAX_STATES + 1, max: MAX_STATES },
    });
  });
});

describe("the first order of it, for large chains", PATIENCE, () => {
  const cases = ([1, 2, 3] as const).map((order) => {
    const options = { order, nullJourneys: order !== 3 };
    const counts = countsOf(randomJourneys(seededRandom(3), { journeys: 4000, channels: 4 }), options);
    return {
      order,
      groups: counts.groups,
      solved: deletedEffects(counts, options).deleted,
      linear: linearDeletedEffects(counts, options, solveCounts(counts, options)).deleted,
    };
  });

  it.each(cases)("is the jackknife's within a few percent, order $order", ({ groups, solved, linear }) => {
    for (const [i] of groups.entries()) {
      for (const field of ["lostConversions", "lostValue"] as const) {
        const exact = spread(solved.map(({ effects }) => effects[field][i]));
        const near = spread(linear.map(({ effects }) => effects[field][i]));
        expect(Math.abs(near / exact - 1)).toBeLessThan(0.03);
      }
    }
  });

  it.each(cases)("knows what is left without a bucket exactly, order $order", ({ solved, linear }) => {
    const left = (all: typeof solved) =>
      all.flatMap(({ effects, conversionsLeft, valueLeft }) => [
        effects.conversions,
        effects.value,
        conversionsLeft,
        valueLeft,
      ]);
    const exact = Object.fromEntries(left(solved).entries());
    expect(differences(Object.fromEntries(left(linear).entries()), exact)).toEqual([]);
  });

  it("serves a chain of more states than are solved a hundred times", () => {
    const options: MarkovOptions = { order: 2, nullJourneys: true };
    const journeys = randomJourneys(seededRandom(4), { journeys: 3000, channels: 18 });
    const intervals = intervalsOf(journeys, options);
    const credit = creditOf(journeys, options);
    expect(countsOf(journeys, options).states.length).toBeGreaterThan(200);
    for (const [i, { conversions }] of intervals.entries()) {
      expect(conversions.low).toBeLessThanOrEqual(credit[i]?.conversions ?? 0);
      expect(conversions.high).toBeGreaterThan(credit[i]?.conversions ?? 0);
    }
  });

  it("refuses what the credit refuses", () => {
    const many = Array.from({ length: MAX_STATES + 1 }, (_, i) => `c${i}`);
    const journeys = [{ bucket: 0, groups: many, conversions: 1, value: 0, nulls: 0 }];
    const result = markovIntervals(countsOf(journeys, WITH_NULLS), totalOf(journeys), WITH_NULLS);
    expect(result).toMatchObject({ ok: false, error: { kind: "too_many_states", states: 1801 } });
  });
});

/** Standard deviation. */
function spread(figures: readonly (number | undefined)[]): number {
  const known = figures.map((figure) => figure ?? Number.NaN);
  const mean = known.reduce((sum, figure) => sum + figure, 0) / known.length;
  return Math.sqrt(known.reduce((sum, figure) => sum + (figure - mean) ** 2, 0) / known.length);
}
