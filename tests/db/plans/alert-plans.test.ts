// @module-tag long
import type { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { conversionsOfSites } from "#db/queries/alerts/measure-conversions.ts";
import { silentSites } from "#db/queries/alerts/measure-silence.ts";
import type { Database } from "#db/database.ts";
import { fillRhythm } from "#tests/support/alert-facts.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { buffersOf, explain, nodesOf } from "#tests/support/query-plan.ts";
import { createSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";

const SITES = 3;
const RECEIPTS = 70_000;
const AT = new Date();
let client: Client;
let db: Database;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
  const sites = await Promise.all(Array.from({ length: SITES }, async () => await createSite(db)));
  for (const site of sites)
    await fillRhythm(db, site, { untilMs: AT.getTime(), pageviews: 50, conversions: 5 });
  await withoutIndexes(client, ["site.receipts"], async () => {
    await client.query(
      `insert into site.receipts (hour, stored_at, receipt_id, site_id, received, stored, duplicate, bot, rejected,
         dead_lettered)
       select date_trunc('hour', at, 'UTC'), at, gen_random_uuid(), s.id, 1, 1, 0, 0, 0, 0
       from site.sites s, generate_series(0, $1::int - 1) as n,
         lateral (select $2::timestamptz - n * interval '3 seconds' as at) as t`,
      [RECEIPTS, AT.toISOString()],
    );
  });
  await client.query("analyze");
}, 60_000);

afterAll(async () => {
  await client.end();
});

/** Tables that a plan reads from one end to the other. */
function scanned(plan: Awaited<ReturnType<typeof explain>>): string[] {
  return nodesOf(plan).flatMap((node) =>
    node["Node Type"] === "Seq Scan" ? (node["Relation Name"] ?? []) : [],
  );
}

it("a minute's look for silent sites reads a few pages a site, and no table of facts through", async () => {
  const plan = await explain(client, silentSites({ at: AT, openSiteIds: [] }));
  expect(scanned(plan).filter((table) => table !== "sites")).toEqual([]);
  expect(buffersOf(plan)).toBeLessThan(SITES * 40);
});

it("a look at conversions reads nine ranges of the hours of a site, and no table of facts through", async () => {
  const plan = await explain(
    client,
    conversionsOfSites({ at: AT, share: { of: 1, remainder: 0 }, openSiteIds: [], hours: 3, hoursOf: [] }),
  );
  expect(scanned(plan).filter((table) => !["sites", "stale_hours"].includes(table))).toEqual([]);
  expect(buffersOf(plan)).toBeLessThan(SITES * 150);
});
