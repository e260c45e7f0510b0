// @module-tag long
import type { SQL } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { compactReceipts } from "#db/queries/maintenance/compact-receipts.ts";
import {
  deleteOldSessions,
  deleteUnusedTouchpoints,
  listOldJourneySites,
} from "#db/queries/maintenance/delete-old-journeys.ts";
import { deleteBots } from "#db/queries/maintenance/expire-bots.ts";
import { listStaleBehindSeal, sealStatement } from "#db/queries/maintenance/seal-sites.ts";
import { nextZonePart, rebuildZonePart } from "#db/queries/sites/rebuild-zone.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { buffersOf, explain, growthOf, outgrown, type Plan } from "#tests/support/query-plan.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";

/** Facts whose sequential scan would grow with everything that was ever stored (decisions 32). */
const FACTS =
  /^(events(_\d{4}_\d{2})?|bot_events.*|sessions|touchpoints|conversions|receipts|visitors|rollup_hours|stale_hours)$/;
const MANY = ["events", "bot_events", "sessions", "touchpoints", "conversions", "receipts", "visitors"].map(
  (table) => `site.${table}`,
);
const DAYS = 200;

let db: Database;
let client: Client;
let site: TestSite;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
  site = await createSite(db, { timeZone: "UTC" });
  await withoutIndexes(client, MANY, async () => await fill(site, 7_000));
  await client.query("analyze");
});

afterAll(async () => {
  await client.end();
});

/** As many rows of each kind, over 200 days. Of the oldest hundred days the site is sealed and closed. */
async function fill({ siteId }: TestSite, rows: number): Promise<void> {
  await client.query(
    `with s as (
       select i, gen_random_uuid() as id, gen_random_uuid() as visitor,
         now() - (i / $2::float8) * interval '${DAYS} days' as at
       from generate_series(1, $2::int) i
     ), receipts as (
       insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, dead_lettered)
       select $1::int, id, date_trunc('hour', at), 1, 1, 0, 0, 0, 0 from s
     ), bots as (
       insert into site.bot_events (site_id, event_id, occurred_at, received_at, type, reason)
       select $1::int, (left(site.uuid7_floor(at)::text, 14) || '7' || right(id::text, 21))::uuid, at, at, 3, 'isbot' from s
     ), events as (
       insert into site.events (site_id, event_id, occurred_at, received_at, type, opens, flags)
       select $1::int, (left(site.uuid7_floor(at)::text, 14) || '7' || right(id::text, 21))::uuid, at, at, 3, 0, 0 from s
     ), sessions as (
       insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
         stretch_ended_at, opens, pageviews, events)
       select $1::int, id, visitor, at, at, at, at, 2, 1, 1 from s
     ), visitors as (
       insert into site.visitors (site_id, visitor_id, first_seen_at, last_seen_at) select $1::int, visitor, at, at from s
     ), conversions as (
       insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes,
         is_test, copies)
       select $1::int, id, visitor, at, 'purchase', 1000, 'EUR', '{}', false, 1 from s where i % 10 = 0
     ), hours as (
       insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
         pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
       select distinct $1::int, date_trunc('hour', at), 'site', '', 'all', '', '', 0, 0, 1, 1, 1, 0, 0, 0 from s
     ), marks as (
       insert into site.stale_hours (site_id, bucket, version, marked_at)
       select distinct $1::int, date_trunc('hour', at), 1, now() from s
     )
     insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
     select $1::int, id, 0, visitor, at, 1, id, at from s`,
    [siteId, rows],
  );
  await client.query(
    `update site.sites set sealed_before = now() - interval '100 days', raw_since = now() - interval '100 days'
     where id = $1`,
    [siteId],
  );
  await client.query(
    "insert into site.zone_rebuilds values ($1, now() - interval '50 days', '-infinity') on conflict do nothing",
    [siteId],
  );
}

/** What a database would do that is asked this: its statements are explained, those of a batch one by one. */
async function explained(ask: (db: Database) => Promise<unknown>): Promise<Plan> {
  const asked: SQL[] = [];
  const listening = {
    execute(query: SQL) {
      asked.push(query);
      return { rows: [] };
    },
    batch: async () => [],
  };
  await ask(listening as unknown as Database);
  const plans: Plan[] = [];
  for (const query of asked) plans.push(await explain(client, query));
  return {
    "Node Type": "Statements",
    "Shared Hit Blocks": plans.reduce((total, plan) => total + buffersOf(plan), 0),
    Plans: plans,
  };
}

const BEFORE = new Date(Date.now() - 15 * 86_400_000);
const questions: Record<string, (db: Database) => Promise<unknown>> = {
  "a step of receipts": async (to) => await compactReceipts(to, { before: BEFORE, limit: 20 }),
  "a step of bots": async (to) => await deleteBots(to, { before: BEFORE, limit: 5 }),
  "which sites are to be sealed": async (to) =>
    await to.execute(sealStatement(new Date(Date.now() - 100 * 86_400_000))),
  "marks behind a seal": async (to) => await listStaleBehindSeal(to, site.siteId, 100),
  "sites with old journeys": async (to) => await listOldJourneySites(to),
  "a step of sessions": async (to) => await deleteOldSessions(to, { siteId: site.siteId, limit: 20 }),
  "a step of touchpoints": async (to) =>
    await deleteUnusedTouchpoints(to, { siteId: site.siteId, limit: 20 }),
  "a part of a zone": async (to) =>
    await rebuildZonePart(to, {
      siteId: site.siteId,
      from: new Date(Date.now() - 40 * 86_400_000).toISOString(),
      before: new Date(Date.now() - 33 * 86_400_000).toISOString(),
    }),
  "the next part of a zone": async (to) => await nextZonePart(to, site.siteId, 7),
};

describe("what expiry reads", () => {
  it("is never all facts, and no more when other sites grow tenfold", async () => {
    const asked = Object.entries(questions).map(
      ([name, question]) => [name, async () => await explained(question)] as const,
    );
    const growth = await growthOf(Object.fromEntries(asked), {
      facts: FACTS,
      grow: async () => {
        const others = [await createSite(db), await createSite(db)];
        await withoutIndexes(client, MANY, async () => {
          for (const other of others) await fill(other, 30_000);
        });
        await client.query("analyze");
      },
      fewPages: 100,
    });

    expect(Object.keys(growth)).toHaveLength(9);
    expect(outgrown(growth)).toEqual({});
  }, 60_000);
});
