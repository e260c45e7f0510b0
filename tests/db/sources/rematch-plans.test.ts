// @module-tag long
import { sql, type SQL } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { rewriteStatement } from "#db/queries/sources/rematch-sources.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { explain, growthOf, nodesOf, outgrown, run } from "#tests/support/query-plan.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";

/** Nothing of these may be read when a matcher changes. */
const RAW = /^(events.*|bot_events.*|sessions|touchpoints|conversions)$/;
const HOURS = 24 * 200;

let db: Database;
let client: Client;
let site: TestSite;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
  site = await createSite(db, { timeZone: "UTC" });
  await withoutIndexes(client, ["site.events"], async () => await fill(site, 20_000));
  await client.query("analyze");
});

afterAll(async () => {
  await client.end();
});

/** Events over 200 days from ten sources, and their rolled-up hours: as many as there are, whatever the events. */
async function fill({ siteId }: TestSite, events: number): Promise<void> {
  await client.query(
    `insert into site.sources (site_id, fingerprint, channel, matcher_version)
     select $1, md5(i::text), case when i = 1 then 'podcast' else 'email' end, 1 from generate_series(1, 10) i
     on conflict do nothing`,
    [siteId],
  );
  await client.query(
    `insert into site.events (site_id, event_id, occurred_at, received_at, type, opens, flags, source_id)
     select $1, (replace(left(site.uuid7_floor(at)::text, 13), '-', '') || '7' || right(md5(i::text || random()), 19))::uuid,
       at, at, 3, 0, 0, (select min(id) from site.sources where site_id = $1) + i % 10
     from generate_series(1, $2::int) i, lateral (select now() - (i / $2::float8) * interval '200 days' as at) a`,
    [siteId, events],
  );
  await client.query(
    `insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
       pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
     select $1, date_trunc('hour', now()) - h * interval '1 hour', scope, key, 'all', '', '', 0, 0, 1, 1, 1, 0, 0, 0
     from generate_series(0, $2::int - 1) h, (values ('site', ''), ('channel', 'email'), ('channel', 'podcast')) as k (scope, key)
     where key <> 'podcast' or h % 10 = 0
     on conflict do nothing`,
    [siteId, HOURS],
  );
}

/** Gives the podcast's source another channel. */
async function rewrite(): Promise<SQL> {
  const { rows } = await db.execute<{ id: number }>(
    sql`select id from site.sources where site_id = ${site.siteId} and channel = 'podcast'`,
  );
  return rewriteStatement({
    siteId: site.siteId,
    matcherVersion: 2,
    sources: [{ id: rows[0]?.id ?? 0, channel: "influencer", campaignId: null }],
  });
}

/** How many hours that marks; it is undone. */
async function marked(): Promise<number> {
  await client.query("begin");
  try {
    await run(client, await rewrite());
    const { rows } = await client.query("select from site.stale_hours where site_id = $1", [site.siteId]);
    return rows.length;
  } finally {
    await client.query("rollback");
  }
}

describe("a changed matcher", () => {
  it("finds the hours of a source without reading events, however many there are", async () => {
    const explained = async () => await explain(client, await rewrite());
    expect(await marked()).toBe(HOURS / 10);
    const growth = await growthOf(
      { rewrite: explained },
      {
        facts: RAW,
        grow: async () => {
          const others = [await createSite(db), await createSite(db)];
          await withoutIndexes(client, ["site.events"], async () => {
            await fill(site, 180_000);
            for (const other of others) await fill(other, 1_000);
          });
          await client.query("analyze");
        },
      },
    );

    expect(await marked()).toBe(HOURS / 10);
    const read = nodesOf(await explained()).map((node) => node["Relation Name"] ?? "");
    expect(read.filter((name) => RAW.test(name))).toEqual([]);
    expect(Object.keys(growth)).toEqual(["rewrite"]);
    expect(outgrown(growth)).toEqual({});
  }, 60_000);
});
