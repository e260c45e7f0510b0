import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { markovCredit, MAX_STATES } from "#core/attribution/markov/markov-credit.ts";
import {
  journeyStates,
  MarkovCounter,
  type CountedJourney,
} from "#core/attribution/markov/markov-counter.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import { differences } from "#tests/support/differences.ts";
import { inputs } from "#tests/support/inputs.ts";

/** With coverage, on a busy machine, a thousand cases take their time. */
const PATIENCE = { timeout: 60_000 };

const CASES = { numRuns: inputs(1_000) };

const journey: fc.Arbitrary<CountedJourney> = fc.record({
  bucket: fc.nat(99),
  groups: fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 6 }),
  conversions: fc.nat(3),
  value: fc.nat(1000),
  nulls: fc.nat(3),
});
const journeys = fc
  .array(journey, { minLength: 1, maxLength: 8 })
  .map((some) => some.map((one) => ({ ...one, value: one.conversions > 0 ? one.value : 0 })))
  .filter((some) => some.some(({ conversions }) => conversions > 0));
const options: fc.Arbitrary<MarkovOptions> = fc.record({
  order: fc.constantFrom(1, 2, 3),
  nullJourneys: fc.boolean(),
});

function totalOf(some: readonly CountedJourney[]) {
  return {
    conversions: some.reduce((sum, { conversions }) => sum + conversions, 0),
    value: some.reduce((sum, { value }) => sum + value, 0),
  };
}

function creditOf(some: readonly CountedJourney[], how: MarkovOptions) {
  const counter = new MarkovCounter(how.order);
  for (const one of some) counter.add(one);
  const result = markovCredit(counter.counts(), totalOf(some), how);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

type Field = "removalEffect" | "removalEffectValue" | "conversions" | "value";

function figures(some: readonly CountedJourney[], how: MarkovOptions, field: Field) {
  const earning = creditOf(some, how).credit.filter((group) => group.conversions > 0 || group.value > 0);
  return Object.fromEntries(earning.map((group) => [group.group, group[field]]));
}

describe("for any journeys as a Markov chain", PATIENCE, () => {
  it("credit adds up to the total, and no removal effect leaves 0 to 1", () => {
    fc.assert(
      fc.property(journeys, options, (some, how) => {
        const { credit } = creditOf(some, how);
        const sum = (field: Field) => credit.reduce((total, group) => total + group[field], 0);
        const total = totalOf(some);
        expect(sum("conversions")).toBeCloseTo(total.conversions, 9);
        expect(sum("value")).toBeCloseTo(total.value, 8);
        for (const group of credit) {
          for (const effect of [group.removalEffect, group.removalEffectValue]) {
            expect(effect).toBeGreaterThanOrEqual(-1e-12);
            expect(effect).toBeLessThanOrEqual(1 + 1e-12);
          }
        }
      }),
      CASES,
    );
  });

  it("the chain converts as often as the journeys did, to 1e-12", () => {
    fc.assert(
      fc.property(journeys, options, (some, how) => {
        const conversions = totalOf(some).conversions;
        const nulls = how.nullJourneys ? some.reduce((sum, one) => sum + one.nulls, 0) : 0;
        const { pConversion } = creditOf(some, how);
        expect(Math.abs(pConversion - conversions / (conversions + nulls))).toBeLessThan(1e-12);
      }),
      CASES,
    );
  });

  it("new names permute the credit and change none of it", () => {
    const names: Record<string, string> = { a: "c", b: "a", c: "b" };
    const rename = (name: string) => names[name] ?? name;
    fc.assert(
      fc.property(journeys, options, (some, how) => {
        const after = some.map((one) => ({ ...one, groups: one.groups.map(rename) }));
        const permuted = Object.entries(figures(some, how, "value")).map(([name, n]) => [rename(name), n]);
        expect(differences(figures(after, how, "value"), Object.fromEntries(permuted))).toEqual([]);
      }),
      CASES,
    );
  });

  it("k copies of every journey have the same removal effects", () => {
    fc.assert(
      fc.property(journeys, options, fc.integer({ min: 2, max: 5 }), (some, how, k) => {
        const copies = Array.from({ length: k }, () => some).flat();
        for (const field of ["removalEffect", "removalEffectValue"] as const)
          expect(differences(figures(copies, how, field), figures(some, how, field))).toEqual([]);
      }),
      CASES,
    );
  });

  it("self-loops change nothing: a touch repeated at once is one touch in order 1", () => {
    fc.assert(
      fc.property(journeys, fc.boolean(), fc.integer({ min: 1, max: 3 }), (some, nullJourneys, more) => {
        const how = { order: 1 as const, nullJourneys };
        const repeated = some.map((one) => ({
          ...one,
          groups: one.groups.flatMap((group) => Array.from({ length: 1 + more }, () => group)),
        }));
        for (const field of ["removalEffect", "conversions", "value"] as const)
          expect(differences(figures(repeated, how, field), figures(some, how, field))).toEqual([]);
      }),
      CASES,
    );
  });

  it("single touches earn what they converted, as by every other model, without null journeys", () => {
    fc.assert(
      fc.property(journeys, fc.constantFrom(1 as const, 2 as const, 3 as const), (some, order) => {
        const alone = some.map((one) => ({ ...one, groups: one.groups.slice(0, 1) }));
        const earned: Record<string, number> = {};
        for (const { groups, conversions } of alone.filter((one) => one.conversions > 0))
          earned[groups[0] ?? ""] = (earned[groups[0] ?? ""] ?? 0) + conversions;
        expect(differences(figures(alone, { order, nullJourneys: true }, "conversions"), earned)).toEqual([]);
      }),
      CASES,
    );
  });
});

describe("states", PATIENCE, () => {
  it("are k-grams, equal consecutive ones once; a journey shorter than k is one state", () => {
    expect(journeyStates(["a", "a", "b"], 1)).toEqual([["a"], ["b"]]);
    expect(journeyStates(["a", "a", "a", "b", "a"], 2)).toEqual([
      ["a", "a"],
      ["a", "b"],
      ["b", "a"],
    ]);
    expect(journeyStates(["a", "b"], 3)).toEqual([["a", "b"]]);
  });

  it("more of them than fit are refused with their number", () => {
    const counter = new MarkovCounter(1);
    for (let i = 0; i <= MAX_STATES; i += 1)
      counter.add({ bucket: 0, groups: [`c${i}`], conversions: 1, value: 0, nulls: 0 });
    const how = { order: 1 as const, nullJourneys: true };
    expect(markovCredit(counter.counts(), { conversions: 1, value: 0 }, how)).toEqual({
      ok: false,
      error: { kind: "too_many_states", states: 1801, max: 1800 },
    });
  });

  it("whose counts do not belong together are a bug, not a figure", () => {
    const counter = new MarkovCounter(1);
    counter.add({ bucket: 0, groups: ["a", "b"], conversions: 2, value: 0, nulls: 1 });
    const { converting, ...rest } = counter.counts();
    const wrong = {
      ...rest,
      converting: { ...converting, count: [...Array.from(converting.count).slice(0, -1), 7] },
    };
    const how = { order: 1 as const, nullJourneys: true };
    expect(() => markovCredit(wrong, { conversions: 2, value: 0 }, how)).toThrow("does not fit its counts");
  });
});
