// @module-tag long
import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { prepareBatch } from "#core/ingest/prepare-batch.ts";
import type { Database } from "#db/database.ts";
import { batchParameters } from "#db/queries/ingest/batch-parameters.ts";
import { deriveVisits } from "#db/queries/ingest/derive-visits.ts";
import { loadIngestSites } from "#db/queries/ingest/load-ingest-sites.ts";
import { storeEvents } from "#db/queries/ingest/store-events.ts";
import { writeBatch } from "#db/queries/ingest/write-batch.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const NOW = Date.now();
const SECOND = 1_000;
const SHOP = "https://shop.example/";
/** What a stretch's sessions are derived from at most. */
const MOST_EVENTS = 5_000;
let db: Database;
let client: Client;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
});
afterAll(async () => {
  await client.end();
});

type Stretch = { site: TestSite; visitor: string; first: number; count: number };

/** So many page views, a second apart, each hundredth with a source of its own, from the first one's place on. */
async function batchOf({ site, visitor, first, count }: Stretch) {
  const events = Array.from({ length: count }, (_, i) => {
    const at = NOW - 100_000 * SECOND + (first + i) * SECOND;
    const query = (first + i) % 100 === 0 ? `?utm_source=s${(first + i) / 100}` : "";
    return { type: "pageview" as const, at, url: SHOP + query };
  });
  const body = ingestMessage({ siteId: site.siteId, visitor, receivedAt: NOW, events });
  return prepareBatch([body], await loadIngestSites(db, [site.siteId]));
}

async function write(stretch: Stretch) {
  await writeBatch(db, await batchOf(stretch));
}

/** Blocks that deriving a small batch reads and writes; it is undone. */
async function costOf(stretch: Stretch): Promise<number> {
  const parameters = batchParameters(await batchOf(stretch));
  const dialect = new PgDialect();
  const [store, derive] = [storeEvents(parameters), deriveVisits(parameters)].map((statement) =>
    dialect.sqlToQuery(statement),
  );
  if (!store || !derive) throw new Error("two statements are two queries");
  await client.query("begin");
  try {
    await client.query(store.sql, store.params);
    const { rows } = await client.query<{ "QUERY PLAN": { Plan: Record<string, number> }[] }>(
      `explain (analyze, buffers, format json) ${derive.sql}`,
      derive.params,
    );
    const plan = rows[0]?.["QUERY PLAN"][0]?.Plan ?? {};
    return (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
  } finally {
    await client.query("rollback");
  }
}

async function derivedOf({ siteId }: TestSite) {
  const { rows } = await db.execute<{ n: number; events: number; touchpoints: number }>(sql`
    select count(*)::int as n, sum(events)::int as events,
      (select count(*)::int from site.touchpoints where site_id = ${siteId}) as touchpoints,
      min(stretch_started_at)::text as "from", max(stretch_ended_at)::text as "to"
    from site.sessions where site_id = ${siteId}`);
  return rows[0];
}

describe("a visit without a pause and without an end", () => {
  it("costs a batch no more at 20,000 events than at 6,000, at its end as at its beginning", async () => {
    const [site, visitor] = [await createSite(db), visitorId()];
    const small = { site, visitor, count: 50 };
    await write({ site, visitor, first: 0, count: 3_000 });
    await write({ site, visitor, first: 3_000, count: 3_000 });
    await client.query("analyze");
    const before = [
      await costOf({ ...small, first: 6_000 }),
      await costOf({ ...small, first: -60 }),
      await costOf({ ...small, first: 2_000 }),
    ];
    for (let first = 6_000; first < 20_000; first += 2_000)
      await write({ site, visitor, first, count: 2_000 });

    const after = [
      await costOf({ ...small, first: 20_000 }),
      await costOf({ ...small, first: -60 }),
      await costOf({ ...small, first: 2_000 }),
    ];

    for (const [i, cost] of after.entries()) expect(cost / Math.max(before[i] ?? 0, 500)).toBeLessThan(1.5);
    expect(after[0]).toBeLessThan(2_000);
  }, 60_000);

  it("is stored whole and counted as page views; its sessions are those of its first 5,000 events, and it is flagged", async () => {
    const [site, visitor] = [await createSite(db), visitorId()];
    for (let first = 0; first < 6_000; first += 2_000) await write({ site, visitor, first, count: 2_000 });
    await rollUpStaleHours({ db });

    expect(await derivedOf(site)).toMatchObject({ n: 50, events: MOST_EVENTS, touchpoints: 50 });
    const { rows } = await db.execute(sql`
      select is_bot_like,
        (select sum(pageviews)::int from site.rollup_hours
         where site_id = ${site.siteId} and scope = 'site' and dimension = 'all') as pageviews
      from site.visitors where site_id = ${site.siteId}`);
    expect(rows).toEqual([{ is_bot_like: true, pageviews: 6_000 }]);
  }, 60_000);

  it("gives the same whichever end comes first, and visits after a pause are derived as ever", async () => {
    const results = [];
    for (const starts of [
      [0, 2_000, 4_000],
      [4_000, 2_000, 0],
      [2_000, 4_000, 0],
    ]) {
      const [site, visitor] = [await createSite(db), visitorId()];
      for (const first of starts) await write({ site, visitor, first, count: 2_000 });
      await write({ site, visitor, first: 20_000, count: 3 });
      results.push(await derivedOf(site));
    }
    expect(results[0]).toMatchObject({ n: 51, events: MOST_EVENTS + 3 });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  }, 60_000);

  it("leaves a visitor of few events alone", async () => {
    const [site, visitor] = [await createSite(db), visitorId()];
    await write({ site, visitor, first: 0, count: 500 });

    const { rows } = await db.execute(
      sql`select is_bot_like from site.visitors where site_id = ${site.siteId}`,
    );
    expect(rows).toEqual([{ is_bot_like: false }]);
  });
});
