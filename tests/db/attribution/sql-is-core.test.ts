// @module-tag long
import type { SummedModel } from "#core/attribution/models.ts";
import { sql } from "drizzle-orm";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { creditItems, type CreditItem } from "#core/attribution/credit-items.ts";
import { MarkovCounter } from "#core/attribution/markov/markov-counter.ts";
import { markovCredit } from "#core/attribution/markov/markov-credit.ts";
import type { MarkovOrder } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { markovSteps, readMarkovSteps } from "#db/queries/attribution/markov-steps.ts";
import {
  readRuleSums,
  ruleSums,
  type RuleSumsQuestion,
  type SummedCredit,
} from "#db/queries/attribution/rule-sums.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { differences } from "#tests/support/differences.ts";
import { createSite } from "#tests/support/sites.ts";
import { anyPerson, itemsOf, nullOf, storePersons, type StoredPerson } from "./random-journeys.ts";
import { inputs } from "#tests/support/inputs.ts";

const MODELS: readonly SummedModel[] = [
  "first",
  "last",
  "last_non_direct",
  "linear",
  "position",
  "time_decay",
  "participation",
  "shapley",
];
/** Sites of 25 persons each: a thousand persons, or with SOAK a thousand sites. */
const RUNS = inputs(40, 1_000);
const anyPersons = fc.array(anyPerson, { minLength: 25, maxLength: 25 });

const anyRules = fc.record({
  lookbackDays: fc.constantFrom(1, 7, 30, 90),
  direct: fc.constantFrom("keep" as const, "exclude_unless_only" as const),
  reset: fc.boolean(),
  position: fc.constantFrom(
    { first: 40, middle: 20, last: 40 },
    { first: 33, middle: 33, last: 34 },
    { first: 0, middle: 50, last: 50 },
    { first: 100, middle: 0, last: 0 },
  ),
  halfLifeDays: fc.constantFrom(0.01, 3, 7, 1_000),
});
type Rules = Pick<RuleSumsQuestion, "lookbackDays" | "direct" | "reset" | "position" | "halfLifeDays">;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

function questionOf(siteId: number, rules: Rules): RuleSumsQuestion {
  return {
    siteId,
    from: "2025-02-01",
    to: "2025-06-30",
    type: null,
    customer: null,
    by: "channel",
    ...rules,
  };
}

type Figures = { conversions: Record<string, number>; minor: Record<string, number> };

/** What `core` makes of the same journeys, the unattributed included; groups that got nothing left out. */
function byCore(items: readonly CreditItem[], model: SummedModel, rules: Rules): Figures {
  const { credit, unattributed } = creditItems(items, { model, options: rules, money: "whole" });
  const all = [...credit, { group: "(unattributed)", ...unattributed }];
  return {
    conversions: present(all.map(({ group, conversions }) => [group, conversions])),
    minor: present(all.map(({ group, value }) => [group, value])),
  };
}

function present(entries: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(entries.filter(([, figure]) => figure !== 0));
}

/** Figures that differ; who has none has nothing, since what a very old touch earns is nothing to a double at all. */
function unlike(actual: Record<string, number>, expected: Record<string, number>): string[] {
  const nothing = Object.fromEntries(
    [...Object.keys(actual), ...Object.keys(expected)].map((name) => [name, 0]),
  );
  return differences({ ...nothing, ...actual }, { ...nothing, ...expected });
}

/** Of each group: each person's credit, squared. */
function squaresByCore(persons: readonly CreditItem[][], model: SummedModel, rules: Rules) {
  const squares: Figures = { conversions: {}, minor: {} };
  for (const items of persons) {
    const own = byCore(items, model, rules);
    for (const figure of ["conversions", "minor"] as const)
      for (const [group, value] of Object.entries(own[figure]))
        squares[figure][group] = (squares[figure][group] ?? 0) + value ** 2;
  }
  return squares;
}

const byText = (a: string, b: string) => (a < b ? -1 : 1);

/** Who has a share of orders, or of refunds that took something; to time decay, of which a double may have nothing, all have. */
function sharers(items: readonly CreditItem[], model: SummedModel, rules: Rules): string[] {
  const taking = items.filter(({ conversions, before, after }) => conversions > 0 || before !== after);
  const orders = taking.map((item) => ({ ...item, conversions: 1 }));
  const { conversions } = byCore(orders, model === "time_decay" ? "linear" : model, rules);
  return Object.keys(conversions).toSorted(byText);
}

describe("what Postgres sums", () => {
  it("is what core says of the same journeys: to 1e-9, and every minor unit", async () => {
    await fc.assert(
      fc.asyncProperty(anyPersons, anyRules, async (persons, rules) => {
        const site = await createSite(db, { timeZone: "UTC" });
        const stored = await storePersons(db, site, persons);
        const sums = readRuleSums((await db.execute(ruleSums(questionOf(site.siteId, rules)))).rows);
        const items = stored.map((person) => itemsOf(person, rules));
        const name = (sum: (typeof sums)[number]) =>
          sum.isUnattributed ? "(unattributed)" : String(sum.key);
        const told = (model: SummedModel, field: Exclude<keyof SummedCredit, "isRevenueForeign">) =>
          present(sums.map((sum) => [name(sum), sum[model][field]]));
        for (const model of MODELS) {
          const expected = byCore(items.flat(), model, rules);
          const squares = squaresByCore(items, model, rules);
          expect(told(model, "revenueMinor")).toEqual(expected.minor);
          expect(unlike(told(model, "conversions"), expected.conversions)).toEqual([]);
          expect(unlike(told(model, "conversionsSquared"), squares.conversions)).toEqual([]);
          expect(unlike(told(model, "revenueSquared"), squares.minor)).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it("counts what has no rate as core does, has no money of it, and knows each group that lacks some", async () => {
    await fc.assert(
      fc.asyncProperty(anyPersons, anyRules, async (persons, rules) => {
        const site = await createSite(db, { timeZone: "UTC" });
        const stored = await storePersons(db, site, persons);
        const abroad = stored.filter((_, n) => n % 6 === 0);
        const ids = JSON.stringify(abroad.flatMap(({ conversions }) => conversions.map(({ id }) => id)));
        await db.execute(sql`update site.conversions set currency = 'USD' where site_id = ${site.siteId}
          and conversion_id in (select jsonb_array_elements_text(${ids}::jsonb)::uuid)`);
        const sums = readRuleSums((await db.execute(ruleSums(questionOf(site.siteId, rules)))).rows);
        const name = (sum: (typeof sums)[number]) =>
          sum.isUnattributed ? "(unattributed)" : String(sum.key);
        const foreign = abroad.flatMap((person) => itemsOf(person, rules));
        const counted = foreign.map((item) => ({ ...item, before: 0, after: 0 }));
        const home = stored.filter((_, n) => n % 6 !== 0).flatMap((person) => itemsOf(person, rules));
        for (const model of MODELS) {
          const expected = byCore([...home, ...counted], model, rules);
          expect(present(sums.map((sum) => [name(sum), sum[model].revenueMinor]))).toEqual(expected.minor);
          const conversions = present(sums.map((sum) => [name(sum), sum[model].conversions]));
          expect(unlike(conversions, expected.conversions)).toEqual([]);
          const lacking = sums.filter((sum) => sum[model].isRevenueForeign).map(name);
          expect([model, lacking.toSorted(byText)]).toEqual([model, sharers(foreign, model, rules)]);
        }
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it("splits the largest amount that there may be to the last unit", async () => {
    const largest = Number.MAX_SAFE_INTEGER;
    const touches = [0, 1, 2, 3, 4].map((day) => ({
      day,
      ms: 0,
      device: 0,
      channel: day % 4,
      isPromo: false,
      isClaimed: false,
    }));
    const conversions = [{ day: 5, ms: 0, device: 0, minor: largest, refunds: [] }];
    const site = await createSite(db, { timeZone: "UTC" });
    const rules = {
      lookbackDays: 30,
      direct: "keep" as const,
      reset: false,
      position: { first: 33, middle: 33, last: 34 },
      halfLifeDays: 7,
    };
    const [person] = await storePersons(db, site, [{ isIdentified: false, touches, conversions }]);
    const sums = readRuleSums((await db.execute(ruleSums(questionOf(site.siteId, rules)))).rows);
    const items = person ? itemsOf(person, rules) : [];

    for (const model of ["linear", "position", "shapley"] as const) {
      const told = present(sums.map((sum) => [String(sum.key), sum[model].revenueMinor]));
      expect(told).toEqual(byCore(items, model, rules).minor);
    }
  });
});

/** What the chain of these persons is to `core`: in one bucket, as only the intervals need more. */
function chainOf(persons: readonly StoredPerson[], order: MarkovOrder, rules: Rules) {
  const counter = new MarkovCounter(order);
  const total = { conversions: 0, value: 0 };
  for (const person of persons) {
    for (const { journey, conversions, before, after } of itemsOf(person, rules)) {
      if (journey.length === 0) continue;
      total.conversions += conversions;
      total.value += after - before;
      const groups = journey.map(({ group }) => group);
      counter.add({ bucket: 0, groups, conversions, value: conversions * after, nulls: 0 });
    }
    const groups = nullOf(person, rules).map(({ group }) => group);
    if (groups.length > 0) counter.add({ bucket: 0, groups, conversions: 0, value: 0, nulls: 1 });
  }
  return { counts: counter.counts(), total };
}

describe("the Markov chain that Postgres counts", () => {
  it("is the chain of core, of every order, with and without null journeys", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPersons,
        anyRules,
        fc.record({ order: fc.constantFrom<MarkovOrder>(1, 2, 3), nullJourneys: fc.boolean() }),
        async (persons, rules, markov) => {
          const site = await createSite(db, { timeZone: "UTC" });
          const stored = await storePersons(db, site, persons);
          const asked = { ...questionOf(site.siteId, rules), markov };
          const steps = readMarkovSteps((await db.execute(markovSteps(asked))).rows);
          const expected = chainOf(stored, markov.order, rules);
          expect(steps.total).toEqual(expected.total);
          if (steps.counts === null) throw new Error("There are too many states");
          const told = markovCredit(steps.counts, steps.total, markov);
          const right = markovCredit(expected.counts, expected.total, markov);
          if (!told.ok || !right.ok) throw new Error("There are too many states");
          const named = (of: typeof told.value, keys: readonly (string | null)[]) =>
            Object.fromEntries(of.credit.map((group, i) => [String(keys[i]), group.conversions]));
          const figures = named(right.value, expected.counts.groups);
          expect(differences(presentOf(named(told.value, steps.keys)), presentOf(figures))).toEqual([]);
          expect(told.value.pConversion).toBeCloseTo(right.value.pConversion, 12);
        },
      ),
      { numRuns: RUNS },
    );
  }, 600_000);
});

function presentOf(figures: Record<string, number>): Record<string, number> {
  return present(Object.entries(figures));
}
