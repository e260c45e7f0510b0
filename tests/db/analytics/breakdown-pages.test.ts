// @module-tag long
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { OTHER_VALUE } from "#core/rollup/dimensions.ts";
import {
  breakdownRows,
  readBreakdownRows,
  type BreakdownKey,
  type BreakdownRow,
  type RawBreakdownRow,
} from "#db/queries/analytics/breakdown-rows.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";

const SETS = 12;
const DAYS = ["2026-03-01", "2026-03-02"];
const NAMES = ["", "a", "b", "B", "c", "é", OTHER_VALUE];

type Visits = { entry: string; visitors: number };
type Money = { entry: string; revenue: number; refund: number };
/** What two days hold: some values with visitors alone, some with money alone, some with a zero of either. */
type Day = { visits: Visits[]; money: Money[] };

const entry = fc.constantFrom(...NAMES);
const day = fc.record<Day>({
  visits: fc.uniqueArray(fc.record({ entry, visitors: fc.integer({ min: 0, max: 4 }) }), {
    selector: ({ entry: name }) => name,
  }),
  money: fc.uniqueArray(
    fc.record({
      entry,
      revenue: fc.integer({ min: 0, max: 3 }),
      refund: fc.integer({ min: 0, max: 3 }),
    }),
    { selector: ({ entry: name }) => name },
  ),
});

it("walks through every value once, in order, whatever has no visitors or no money", async () => {
  const { db } = await createDatabase();
  const sets = fc.sample(fc.tuple(day, day), { numRuns: SETS, seed: 5 });
  for (const days of sets) {
    const { siteId } = await createSite(db);
    for (const [index, { visits, money }] of days.entries()) {
      await writeDay(db, { siteId, day: DAYS[index] ?? "", visits, money });
    }
    for (const sort of ["visitors", "revenue"] as const) {
      const expected = expectedRows(days, sort);
      for (const limit of [1, 2, 3, 50]) {
        const rows = await walk(db, { siteId, sort, limit });
        expect(rows.map(summary)).toEqual(expected);
      }
    }
  }
});

async function writeDay(db: Database, row: { siteId: number; day: string } & Day): Promise<void> {
  const { siteId, visits, money } = row;
  const head = sql`insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency,
    rolled_at, took_ms, entries`;
  const at = sql`${siteId}, 'site', '', 'utm_source', 'day', ${row.day}::date`;
  if (visits.length > 0)
    await db.execute(sql`${head}, impressions, clicks, pageviews, sessions, visitors, sketch_ends, sketches)
      select ${at}, '', now(), 0, array_agg(v ->> 'entry'), array_agg(2), array_agg(1), array_agg(3), array_agg(1),
        array_agg((v ->> 'visitors')::int), array_agg(0), ''::bytea
      from jsonb_array_elements(${JSON.stringify(visits)}::jsonb) v`);
  if (money.length > 0)
    await db.execute(sql`${head}, conversions, revenue_minor, refund_minor)
      select ${at}, 'EUR', now(), 0, array_agg(v ->> 'entry'), array_agg(1), array_agg((v ->> 'revenue')::bigint),
        array_agg((v ->> 'refund')::bigint)
      from jsonb_array_elements(${JSON.stringify(money)}::jsonb) v`);
}

async function walk(
  db: Database,
  { siteId, sort, limit }: { siteId: number; sort: "visitors" | "revenue"; limit: number },
): Promise<BreakdownRow[]> {
  const all: BreakdownRow[] = [];
  let after: BreakdownKey | null = null;
  while (all.length <= NAMES.length) {
    const question = { siteId, from: DAYS[0] ?? "", to: DAYS[1] ?? "", scope: "site", scopeKey: "" } as const;
    const { rows } = await db.execute<RawBreakdownRow>(
      breakdownRows({ ...question, dimension: "utm_source", currency: "EUR", sort, limit, after }),
    );
    const page = readBreakdownRows(rows);
    all.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return all;
    after = { isOther: last.entry === OTHER_VALUE, amount: last.amount, entry: last.entry };
  }
  return all;
}

type Summary = {
  entry: string;
  clicks: number;
  conversions: number;
  revenueMinor: number;
  refundMinor: number;
};

function summary({ entry: name, clicks, conversions, revenueMinor, refundMinor }: BreakdownRow): Summary {
  return { entry: name, clicks, conversions, revenueMinor, refundMinor };
}

/** The same by hand. */
function expectedRows(days: readonly Day[], sort: "visitors" | "revenue"): Summary[] {
  const visits = days.flatMap((one) => one.visits);
  const money = days.flatMap((one) => one.money);
  const names = NAMES.filter((name) => [...visits, ...money].some((row) => row.entry === name));
  const rows = names.map((name) => {
    const seen = visits.filter((row) => row.entry === name);
    const paid = money.filter((row) => row.entry === name);
    return {
      visitors: sum(seen.map(({ visitors }) => visitors)),
      entry: name,
      clicks: seen.length,
      conversions: paid.length,
      revenueMinor: sum(paid.map(({ revenue, refund }) => revenue - refund)),
      refundMinor: sum(paid.map(({ refund }) => refund)),
    };
  });
  const amount = (row: (typeof rows)[number]) => (sort === "visitors" ? row.visitors : row.revenueMinor);
  return rows
    .toSorted(
      (a, b) =>
        Number(a.entry === OTHER_VALUE) - Number(b.entry === OTHER_VALUE) ||
        amount(b) - amount(a) ||
        Buffer.compare(Buffer.from(a.entry), Buffer.from(b.entry)),
    )
    .map(({ entry: name, clicks, conversions, revenueMinor, refundMinor }) => ({
      entry: name,
      clicks,
      conversions,
      revenueMinor,
      refundMinor,
    }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
