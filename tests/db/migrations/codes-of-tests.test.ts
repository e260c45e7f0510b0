import { join } from "node:path";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";

const MIGRATIONS = join(projectFolder, "db", "migrations");
const PREVIOUS = "0023_mark_foreign_refunds.sql";

let database: TestDatabase;
let client: Client;
let siteId: number;

beforeAll(async () => {
  database = await createEmptyDatabase();
  client = await database.connect();
  await applyMigrations(client, MIGRATIONS, { upTo: PREVIOUS });
  ({ siteId } = await createSite(database.db));
  await usedCode("a real order", "2026-03-09T10:00Z", false);
  await usedCode("a test", "2026-03-10T10:00Z", true);
  await applyMigrations(client, MIGRATIONS, { bigTableBytes: 0, allowDestructive: true });
});
afterAll(async () => {
  await client.end();
});

async function usedCode(orderId: string, at: string, isTest: boolean): Promise<void> {
  await client.query(
    `with sold as (
       insert into site.conversions (site_id, conversion_id, at, type, value_minor, currency, order_id, promo_codes, is_test,
         copies)
       values ($1, gen_random_uuid(), $3, 'purchase', 10000, 'EUR', $2, '{SPRING}', $4, 1)
       returning conversion_id, at
     )
     insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
     select $1, conversion_id, r, conversion_id, at, 1, conversion_id, at from sold, generate_series(0, 1) as r`,
    [siteId, orderId, at, isTest],
  );
}

test("the code of a test is no touchpoint any more, all else is; and the test's day is not current", async () => {
  const { rows } = await client.query(
    `select c.order_id as order, array_agg(t.rank order by t.rank) as ranks
     from site.touchpoints t join site.conversions c on c.conversion_id = t.event_id group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { order: "a real order", ranks: [0, 1] },
    { order: "a test", ranks: [0] },
  ]);
  const { rows: days } = await client.query("select site_id, day::text as day from site.data_versions");
  expect(days).toEqual([{ site_id: siteId, day: "2026-03-10" }]);
});

test("nothing is left of the index that it was found by", async () => {
  const { rows } = await client.query("select 1 from pg_indexes where indexname = 'conversions_test_idx'");
  expect(rows).toEqual([]);
});
