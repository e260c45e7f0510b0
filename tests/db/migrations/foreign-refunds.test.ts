import { join } from "node:path";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";

const MIGRATIONS = join(projectFolder, "db", "migrations");
/** The last one that knew nothing of a refund's currency. */
const PREVIOUS = "0021_add_product_days.sql";
const CURRENCIES = ["EUR", "USD", "JPY"];

let database: TestDatabase;
let client: Client;
let foreign: number;
let domestic: number;
let named: number;

beforeAll(async () => {
  database = await createEmptyDatabase();
  client = await database.connect();
  await applyMigrations(client, MIGRATIONS, { upTo: PREVIOUS });
  foreign = (await createSite(database.db)).siteId;
  domestic = (await createSite(database.db)).siteId;
  named = (await createSite(database.db)).siteId;
  for (const currency of CURRENCIES) await refundedOrder(foreign, currency, "EUR");
  await refundedOrder(foreign, "CHF", "USD");
  await refundedOrder(domestic, "EUR", "EUR");
  await refundedOrder(named, "EUR", "USD");
  await client.query(
    `insert into site.refunds (site_id, refund_id, at, order_id, currency)
     values ($1, gen_random_uuid(), '2026-03-11T10:20Z', 'EUR', 'EUR')`,
    [named],
  );
  await applyMigrations(client, MIGRATIONS);
});
afterAll(async () => {
  await client.end();
});

/** 100.00 and of it 30.00, as they were stored, and the order's day as it was rolled up. */
async function refundedOrder(siteId: number, currency: string, refundCurrency: string): Promise<void> {
  await client.query(
    `with sold as (
       insert into site.conversions (site_id, conversion_id, at, type, value_minor, currency, order_id, promo_codes, is_test,
         copies)
       values ($1, gen_random_uuid(), '2026-03-09T10:00Z', 'purchase', 10000, $2::text, $2::text, '{}', false, 1)
     ), refunded as (
       insert into site.refunds (site_id, refund_id, at, order_id, value_minor, currency)
       values ($1, gen_random_uuid(), '2026-03-10T10:20Z', $2::text, 3000, $3::text)
     )
     insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms, entries)
     values ($1, 'site', '', 'all', 'day', '2026-03-09', $2::text, now(), 1, '{""}')`,
    [siteId, currency, refundCurrency],
  );
}

async function effects(siteId: number) {
  const { rows } = await client.query(
    `select order_id as order, e.currency, before_minor::int as before, after_minor::int as after
     from site.refund_effects e join site.refunds r using (site_id, refund_id) where site_id = $1 order by 1`,
    [siteId],
  );
  return rows;
}

test("a refund in the site's currency is taken for one that named none, another has named its own", async () => {
  expect(await effects(foreign)).toEqual([
    { order: "CHF", currency: "USD", before: 0, after: -3_000 },
    { order: "EUR", currency: "EUR", before: 10_000, after: 7_000 },
    { order: "JPY", currency: "JPY", before: 10_000, after: 9_970 },
    { order: "USD", currency: "USD", before: 10_000, after: 7_000 },
  ]);
});

test("and stays what it was taken for when the site has another currency from now on", async () => {
  const before = await effects(foreign);
  await client.query("update site.sites set currency = 'USD' where id = $1", [foreign]);
  expect(await effects(foreign)).toEqual(before);
});

test("the hours and days of refunds are stale where there is money in other currencies, and nowhere else", async () => {
  const stale = [
    { site_id: foreign, day: "2026-03-10" },
    { site_id: named, day: "2026-03-10" },
    { site_id: named, day: "2026-03-11" },
  ];
  const { rows: hours } = await client.query("select site_id, bucket from site.stale_hours order by 1, 2");
  expect(hours).toEqual(stale.map(({ site_id, day }) => ({ site_id, bucket: new Date(`${day}T10:00Z`) })));
  const { rows: days } = await client.query(
    "select site_id, day::text as day from site.data_versions order by 1, 2",
  );
  expect(days).toEqual(stale);
});
