// @module-tag long
import { sql, type SQL } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventScanStatement, type EventScan } from "#db/queries/events/list-events.ts";
import { trackingDetailsStatement } from "#db/queries/ledger/tracking-details.ts";
import { trackingHealthStatement } from "#db/queries/ledger/tracking-health.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { explain, type Growth, growthOf, outgrown } from "#tests/support/query-plan.ts";
import { createCampaign, createSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";
import { seedEvents, type SeededSite } from "./seed-events.ts";

const FACTS = /^(bot_)?events|^sessions|^receipts|^rollup_hours/;
const MANY = ["site.events", "site.bot_events", "site.receipts"];
const SMALL = 20_000;
const LARGE = 200_000;

let database: TestDatabase;
let client: Client;
let siteId: number;
let campaignId: number;
let growth: Record<string, Growth>;

beforeAll(async () => {
  database = await createDatabase();
  client = await database.connect();
  const sites = [await seededSite(), await seededSite(), await seededSite()];
  const [busy, ...others] = sites;
  if (!busy) throw new Error("no site");
  ({ siteId, campaignId } = busy);
  await withoutIndexes(client, MANY, async () => {
    for (const site of others) await seedEvents(client, { site, first: 1, last: SMALL, total: SMALL });
    await seedEvents(client, { site: busy, first: LARGE - SMALL + 1, last: LARGE, total: LARGE });
    await addReceipts();
  });
  await analyze();
  const asked = Object.entries(reads()).map(
    ([name, read]) => [name, async () => await explain(client, read)] as const,
  );
  growth = await growthOf(Object.fromEntries(asked), {
    facts: FACTS,
    grow: async () => {
      await withoutIndexes(client, MANY, async () => {
        await seedEvents(client, { site: busy, first: 1, last: LARGE - SMALL, total: LARGE });
        await addReceipts();
      });
      await analyze();
    },
  });
}, 60_000);

afterAll(async () => {
  await client?.end();
});

async function seededSite(): Promise<SeededSite & { campaignId: number }> {
  const site = await createSite(database.db);
  const campaign = await createCampaign(database.db, site, { name: "Spring" });
  const { rows } = await database.db.execute<{ id: number }>(sql`
    insert into site.sources (site_id, fingerprint, channel, campaign_id, matcher_version)
    values (${site.siteId}, 'a', 'email', ${campaign}, 1), (${site.siteId}, 'b', 'direct', null, 1) returning id`);
  return { siteId: site.siteId, campaignId: campaign, campaignSourceId: rows[0]?.id ?? 0 };
}

/** A receipt for each event, as a site has that sends one event a body. */
async function addReceipts(): Promise<void> {
  await client.query(`
    insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, dead_lettered)
    select site_id, event_id, date_trunc('hour', received_at), 1, 1, 0, 0, 0, 0 from site.events e
    where not exists (select from site.receipts r where r.site_id = e.site_id and r.receipt_id = e.event_id)`);
}

async function analyze(): Promise<void> {
  await client.query(
    "vacuum analyze site.events, site.bot_events, site.sessions, site.sources, site.receipts",
  );
}

function reads(): Record<string, SQL> {
  const nowIso = new Date().toISOString();
  const tracking = { siteId, nowIso, refusedSinceIso: nowIso };
  const log = Object.entries(scans()).map(([name, scan]) => [`${name} of the log`, eventScanStatement(scan)]);
  return {
    ...(Object.fromEntries(log) as Record<string, SQL>),
    "tracking health": trackingHealthStatement(tracking),
    "tracking details": trackingDetailsStatement(tracking),
  };
}

function scans(): Record<string, EventScan> {
  const scan: EventScan = {
    siteId,
    verdict: "stored",
    type: null,
    campaignId: null,
    afterEventId: null,
    window: 51,
    limit: 51,
  };
  return {
    "the first page": scan,
    "a later page": { ...scan, afterEventId: midwayId() },
    "one type": { ...scan, type: 4, window: 2_000 },
    "one campaign": { ...scan, campaignId, window: 2_000 },
    bots: { ...scan, verdict: "bot" },
  };
}

/** Of two days ago. */
function midwayId(): string {
  const time = (Date.now() - 2 * 86_400_000).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

test.each([
  ["the first page of the log", 10],
  ["a later page of the log", 10],
  ["one type of the log", 10],
  ["one campaign of the log", 10],
  ["bots of the log", 10],
  ["tracking health", 0],
  ["tracking details", 0],
])("%s scans no facts and reads no more when there are ten times as many", async (name, moreThan) => {
  const read = reads()[name];
  if (!read) throw new Error(name);
  const plan = await explain(client, read);
  expect(plan["Actual Rows"]).toBeGreaterThan(moreThan);
  expect(growth).toHaveProperty([name]);
  expect(outgrown(growth)).not.toHaveProperty([name]);
});
