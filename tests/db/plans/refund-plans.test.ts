// @module-tag long
import { sql, type SQL } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Database } from "#db/database.ts";
import { batchParameters } from "#db/queries/ingest/batch-parameters.ts";
import { deriveConversions } from "#db/queries/ingest/derive-conversions.ts";
import { deriveVisits } from "#db/queries/ingest/derive-visits.ts";
import { prepareBatch } from "#core/ingest/prepare-batch.ts";
import { loadIngestSites } from "#db/queries/ingest/load-ingest-sites.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";

const REFUNDS = 210_000;
const NOW = Date.now();
let db: Database;
let client: Client;
let site: TestSite;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
  const sites = [await createSite(db), await createSite(db), await createSite(db)];
  await withoutIndexes(client, ["site.conversions", "site.refunds"], async () => {
    for (const { siteId } of sites) await fill(siteId);
  });
  await client.query("analyze");
  [site] = sites as [TestSite];
}, 60_000);

afterAll(async () => {
  await client.end();
});

async function fill(siteId: number): Promise<void> {
  await client.query(
    `insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id,
       promo_codes, is_test, copies)
     select $1::int, gen_random_uuid(), gen_random_uuid(), now() - i * interval '1 minute', 'purchase', 5000, 'EUR',
       case when i % 2 = 0 then 'A-' || i end, '{}', false, 1
     from generate_series(1, $2::int) as i`,
    [siteId, REFUNDS / 3],
  );
  await client.query(
    `insert into site.refunds (site_id, refund_id, at, order_id, conversion_id, value_minor, currency)
     select site_id, gen_random_uuid(), at + interval '1 hour', order_id, case when order_id is null then conversion_id end,
       1000, 'EUR'
     from site.conversions where site_id = $1`,
    [siteId],
  );
}

async function planOf(query: SQL): Promise<string> {
  const { rows } = await db.execute<{ "QUERY PLAN": string }>(sql`explain ${query}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const SCAN = /Seq Scan on (refunds|conversions)/;

describe(`with ${REFUNDS} refunds`, () => {
  it("reads a day's refunds and what came before each of them by indexes", async () => {
    const plan = await planOf(sql`
      select sum(taken_minor) from site.refund_effects
      where site_id = ${site.siteId} and at >= now() - interval '1 day' and at < now()`);

    expect(plan).not.toMatch(SCAN);
    expect(plan).toContain("refunds_conversion_idx");
  });

  it("finds the refunds of a batch's conversions by indexes", async () => {
    const at = NOW - 60_000;
    const conversion = { value: "1.00", orderId: "A-2" };
    const events = Array.from({ length: 50 }, () => ({
      id: eventId(at),
      at,
      type: "conversion" as const,
      conversion,
    }));
    const body = ingestMessage({ siteId: site.siteId, visitor: visitorId(), events });
    const batch = batchParameters(prepareBatch([body], await loadIngestSites(db, [site.siteId])));

    expect(await planOf(deriveConversions(batch))).not.toMatch(SCAN);
    expect(await planOf(deriveVisits(batch))).not.toMatch(SCAN);
  });
});
