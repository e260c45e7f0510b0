import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { convertParts } from "#core/money/convert-minor-units.ts";
import { addDays } from "#core/time/site-day.ts";
import {
  breakdownRows,
  readBreakdownRows,
  type RawBreakdownRow,
} from "#db/queries/analytics/breakdown-rows.ts";
import { settledItems } from "#db/queries/attribution/settled-items.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";

const SETS = 40;
const BASE = "2026-01-01";

const amounts = fc.array(fc.integer({ min: -3_000, max: 90_000 }), { minLength: 1, maxLength: 12 });
const factor = fc.record({
  numerator: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  denominator: fc.bigInt({ min: 1n, max: 10n ** 12n }),
});

it("splits a day's converted total over a dimension's values as core does, whatever amounts and rates are", async () => {
  const { db } = await createDatabase();
  const { siteId } = await createSite(db);
  const sets = fc.sample(fc.tuple(amounts, factor), { numRuns: SETS, seed: 7 });
  for (const [index, [values, { numerator, denominator }]] of sets.entries()) {
    const day = addDays(BASE, index);
    const entries = values.map((_, n) => String.fromCharCode(97 + n));
    const zeros = JSON.stringify(values.map(() => 0));
    const list = (json: string) =>
      sql`(select array_agg(v::bigint) from jsonb_array_elements_text(${json}::jsonb) v)`;
    await db.execute(sql`
      insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms,
        entries, conversions, revenue_minor, refund_minor)
      select ${siteId}, 'site', '', 'utm_source', 'day', ${day}::date, 'USD', now(), 0,
        (select array_agg(v) from jsonb_array_elements_text(${JSON.stringify(entries)}::jsonb) v),
        ${list(zeros)}::int[], ${list(JSON.stringify(values))}, ${list(zeros)}`);
    const { rows } = await db.execute<RawBreakdownRow>(
      breakdownRows({
        siteId,
        from: day,
        to: day,
        scope: "site",
        scopeKey: "",
        dimension: "utm_source",
        currency: "EUR",
        factors: [{ day, currency: "USD", up: String(numerator), down: String(denominator) }],
        sort: "revenue",
        limit: 100,
        after: null,
      }),
    );
    const split = new Map(readBreakdownRows(rows).map((row) => [row.entry, row.revenueMinor]));
    expect(entries.map((entry) => split.get(entry))).toEqual(
      convertParts(values, { numerator, denominator }),
    );
  }
});

it("splits it over conversions and refunds as core does, and leaves no side of a refund below zero", async () => {
  const { db } = await createDatabase();
  const sets = fc.sample(fc.tuple(amounts, factor), { numRuns: SETS, seed: 11 });
  const paid = sets.flatMap(([values], index) =>
    values.map((net, n) => ({
      item_id: `${index}`.padStart(8, "0") + `-0000-7000-8000-${String(n).padStart(12, "0")}`,
      item_at: `${addDays(BASE, index)}T10:00:00Z`,
      currency: "USD",
      // A refund takes part of what was left; a conversion has nothing before it.
      before_minor: net < 0 ? -net + (n % 3) * 7 : 0,
      after_minor: net < 0 ? (n % 3) * 7 : net,
    })),
  );
  const factors = sets.map(([, { numerator, denominator }], index) => ({
    day: addDays(BASE, index),
    currency: "USD",
    up: String(numerator),
    down: String(denominator),
  }));
  const { rows } = await db.execute<{ id: string; before: number; after: number }>(sql`
    with bounds as (select 'Europe/Berlin' as time_zone),
    paid as (
      select * from jsonb_to_recordset(${JSON.stringify(paid)}::jsonb)
        as p (item_id uuid, item_at timestamptz, currency text, before_minor bigint, after_minor bigint)
    ),
    ${settledItems(factors)}
    select item_id as id, before_minor::float8 as before, after_minor::float8 as after from settled order by 1`);
  expect(rows.filter(({ before, after }) => before < 0 || after < 0)).toEqual([]);
  const nets = rows.map(({ before, after }) => after - before);
  const expected = sets.flatMap(([values, { numerator, denominator }]) =>
    convertParts(values, { numerator, denominator }),
  );
  expect(nets).toEqual(expected);
  expect(nets.length).toBe(paid.length);
});
