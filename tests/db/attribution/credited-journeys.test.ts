// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { CreditedItem } from "#contract/glass-box.ts";
import { GROUPINGS, type Grouping } from "#core/attribution/grouping.ts";
import { RULE_MODELS, type Model, type SummedModel } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS, resets, type AttributionOptions } from "#core/attribution/options.ts";
import { daysOf } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { creditLines } from "#db/queries/attribution/credit-lines.ts";
import { pageDays, type PageDays } from "#db/queries/attribution/credited-items.ts";
import { readRuleSums, ruleSums, type RuleSum } from "#db/queries/attribution/rule-sums.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import {
  getCreditedJourneys,
  type CreditedJourneysInput,
  type CreditedJourneysPage,
} from "#usecases/attribution/get-credited-journeys.ts";
import { journeyQuestion } from "#usecases/attribution/attribution-parts.ts";
import { createRandomSite, RANGE } from "./random-site.ts";

const SUMMED: readonly SummedModel[] = [...RULE_MODELS, "shapley"];
const SETTINGS: readonly Partial<AttributionOptions>[] = [
  {},
  { lookbackDays: 7, direct: "exclude_unless_only", reset: true },
  { lookbackDays: 90, position: { first: 30, middle: 30, last: 40 }, halfLifeDays: 0.5 },
  { lookbackDays: 14, direct: "exclude_unless_only", reset: false },
];
let db: Database;
let site: Awaited<ReturnType<typeof createRandomSite>>;

beforeAll(async () => {
  ({ db } = await createDatabase());
  site = await createRandomSite(db, { seed: 7, visitors: 70 });
});

type Asked = { by: Grouping; options: AttributionOptions; type?: string; customer?: "new" | "returning" };

function question({ by, options, type, customer }: Asked, reset: boolean) {
  const asked = { ...RANGE, by, options, type: type ?? null, customer: customer ?? null };
  const { position, halfLifeDays } = options;
  return { ...journeyQuestion(site.siteId, asked, reset), position, halfLifeDays };
}

/** What the workbench shows. */
async function sums(asked: Asked, reset: boolean): Promise<RuleSum[]> {
  return readRuleSums((await db.execute(ruleSums(question(asked, reset)))).rows);
}

type Line = { isUnattributed: boolean; key: string | null; conversions: number; minor: number };

async function lines(asked: Asked, model: Model, reset: boolean): Promise<Line[]> {
  const { rows } = await db.execute<Line>(sql`
    with ${creditLines({ ...question(asked, reset), model })}
    select is_unattributed as "isUnattributed", key, sum(conversions) as conversions, sum(minor) as minor
    from line group by 1, 2 order by 1, 2`);
  return rows;
}

const deps = () => ({
  databases: { named: () => db, names: () => ["main"] },
  clock: { now: () => new Date("2026-04-01T00:00:00Z") },
  workQueue: {
    send: async () => await Promise.reject(new Error("Nothing here is a job's work")),
    sendAll: async () => await Promise.reject(new Error("Nothing here is a job's work")),
  },
});

async function allPages(
  input: Omit<CreditedJourneysInput, "site" | "after">,
): Promise<CreditedJourneysPage[]> {
  const pages: CreditedJourneysPage[] = [];
  let after: CreditedJourneysInput["after"] = null;
  do {
    const answer = await getCreditedJourneys(deps(), {
      ...input,
      site: { ...site, database: "main" },
      after,
    });
    if (!answer.ok) throw new Error(answer.error.kind);
    pages.push(answer.value);
    const { next } = answer.value;
    after = next && { amount: Number(next[0]), itemId: String(next[1]) };
  } while (after !== null);
  return pages;
}

describe("lines of credit, conversion by conversion", () => {
  it.each(GROUPINGS)("add up to the workbench's rows by %s, under every model and option", async (by) => {
    for (const [turn, setting] of SETTINGS.entries()) {
      const narrowed = turn % 2 === 0 ? {} : { type: "lead", customer: "returning" as const };
      const asked = { by, options: { ...DEFAULT_OPTIONS, ...setting }, ...narrowed };
      const reset = setting.reset ?? false;
      const expected = await sums(asked, reset);
      expect(expected.length).toBeGreaterThan(1);
      for (const model of SUMMED) {
        const found = await lines(asked, model, reset);
        const minors = found.map(({ isUnattributed, key, minor }) => [isUnattributed, key, minor]);
        expect(minors).toEqual(expected.map((row) => [row.isUnattributed, row.key, row[model].revenueMinor]));
        for (const [i, line] of found.entries())
          expect(line.conversions).toBeCloseTo(expected[i]?.[model].conversions ?? Number.NaN, 9);
      }
    }
  });
});

async function groupOf({ isUnattributed, key }: RuleSum): Promise<CreditedJourneysInput["group"]> {
  if (isUnattributed) return { kind: "unattributed", key: null };
  if (key === null) return { kind: "none", key: null };
  const { rows } = await db.execute<{ id: string }>(
    sql`select public_id as id from site.campaigns where id = ${Number(key)}`,
  );
  return { kind: "group", key: rows[0]?.id ?? null };
}

const placeOf = {
  time: ({ at }: CreditedItem) => Date.parse(at),
  value: ({ credited }: CreditedItem) => Math.abs(credited?.revenueMinor ?? 0),
};

describe("the pages of a figure", () => {
  it.each(SUMMED)("add up to it under %s, to the cent, and each item to its touchpoints", async (model) => {
    const options = { ...DEFAULT_OPTIONS, lookbackDays: 30, direct: "exclude_unless_only" as const };
    const expected = await sums({ by: "campaign", options }, resets(model, options));
    const half = expected.filter((_, i) => i % 2 === SUMMED.indexOf(model) % 2);
    const byTime = half.slice(-2).map((row) => ({ row, order: "time" as const, limit: 50 }));
    // A refund's amount counts for the order as it is, without its sign.
    const byValue = half.slice(0, 1).map((row) => ({ row, order: "value" as const, limit: 12 }));
    for (const { row, ...paging } of [...byTime, ...byValue]) {
      const group = await groupOf(row);
      const asked = { ...RANGE, by: "campaign", options, type: null, customer: null } as const;
      const pages = await allPages({ ...asked, ...paging, model, group });
      const items = pages.flatMap((page) => page.items);
      const [first, ...further] = pages;

      expect(items.map(placeOf[paging.order])).toEqual(
        items.map(placeOf[paging.order]).toSorted((a, b) => b - a),
      );
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      expect(sum(items.map(({ credited }) => credited?.revenueMinor ?? 0))).toBe(row[model].revenueMinor);
      expect(sum(items.map(({ credited }) => credited?.conversions ?? 0))).toBeCloseTo(
        row[model].conversions,
        9,
      );
      expect(first?.total).toMatchObject({ items: items.length, revenueMinor: row[model].revenueMinor });
      expect(further.every(({ total }) => total === null)).toBe(true);
      expect(items.map(ofTouchpoints)).toEqual(items.map((item) => ofItem(item, row.isUnattributed)));
    }
  });
});

/** What its touchpoints of the group got; the conversions to nine places. */
function ofTouchpoints({ id, touchpoints }: CreditedItem) {
  const own = touchpoints.filter(({ isOfGroup }) => isOfGroup);
  return {
    id,
    counting: touchpoints.some(({ exclusion }) => exclusion === null),
    conversions: sum(own.map(({ credit }) => credit?.conversions ?? 0)).toFixed(9),
    revenueMinor: sum(own.map(({ credit }) => credit?.revenueMinor ?? 0)),
  };
}

/** What it must be: the item's own credit, and nothing where no touchpoint counts. */
function ofItem({ id, credited }: CreditedItem, isUnattributed: boolean) {
  const { conversions = 0, revenueMinor = 0 } = (isUnattributed ? null : credited) ?? {};
  return { id, counting: !isUnattributed, conversions: conversions.toFixed(9), revenueMinor };
}

describe("walking back through a range", () => {
  it("takes the whole of it at once where it holds no more than a step may", async () => {
    const asked = { ...RANGE, siteId: site.siteId, beforeMs: null };
    const whole = await pageDays(db, { ...asked, window: 10_000 });
    expect(whole).toMatchObject({ from: RANGE.from, to: RANGE.to });
    expect((await pageDays(db, { ...asked, window: 12 }))?.from).not.toBe(RANGE.from);
  });

  it("comes through each day once, however few conversions a step may hold", async () => {
    const steps: PageDays[] = [];
    let beforeMs: number | null = null;
    for (;;) {
      const days: PageDays | null = await pageDays(db, {
        ...RANGE,
        siteId: site.siteId,
        beforeMs,
        window: 12,
      });
      if (days === null) break;
      steps.push(days);
      beforeMs = days.startMs;
    }

    const days = steps.toReversed().flatMap(({ from, to }) => daysOf(from, to));
    expect(days).toEqual(daysOf(RANGE.from, RANGE.to));
    expect(steps.length).toBeGreaterThan(5);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
