// @module-tag long
import { sql } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DIMENSIONS } from "#core/rollup/dimensions.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { trafficDays, trafficHours } from "#db/queries/analytics/traffic.ts";
import { claimPeriod, insertMergedRows, publishPeriod } from "#db/queries/rollups/merge-period.ts";
import { rollUpDay } from "#db/queries/rollups/roll-up-day.ts";
import { listStaleDays, listStaleSpans } from "#db/queries/rollups/stale-periods.ts";
import { updateSite } from "#db/queries/sites/write-site.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { mergeStaleSpans } from "#usecases/rollups/merge-stale-spans.ts";
import { rebuildZones } from "#usecases/sites/rebuild-zones.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { readValues, type AskedValues } from "./read-values.ts";
import { recount } from "./recount.ts";
import { markHours, openShop, visitShop, type Shop } from "./shop.ts";

const ZONE = "Asia/Kolkata";
const DAYS = 40;
const NOW = Date.now();
const to = siteDay(NOW, ZONE);
const from = addDays(to, -DAYS);
/** Of the latest visit: an hour before the clock, which may be a day before it. */
const lastDay = siteDay(NOW - 3_600_000, ZONE);
let test: TestDatabase;
let db: Database;
let client: Client;
let shop: Shop;

beforeAll(async () => {
  test = await createDatabase();
  ({ db } = test);
  client = await test.connect();
  shop = await openShop(db, ZONE);
  await visitShop(db, shop, { nowMs: NOW, days: DAYS, visitors: 48 });
  await rollUpStaleHours({ db });
});

afterAll(async () => {
  await client.end();
});

type Asked = Omit<AskedValues, "siteId" | "from" | "to"> & { siteId?: number };

const values = async (asked: Asked) => await readValues(db, { siteId: shop.site.siteId, from, to, ...asked });

async function counted(asked: Asked) {
  const rows = await values(asked);
  const visits = rows.filter(({ sessions }) => sessions > 0);
  return Object.fromEntries(
    visits.map(({ entry, sessions, pageviews, visitors }) => [entry, { sessions, pageviews, visitors }]),
  );
}

async function everyRow(): Promise<unknown[]> {
  const { rows } = await client.query(
    `select scope, scope_key, dimension, span, starts_on::text, currency, entries, impressions, clicks, pageviews, sessions,
       visitors, conversions, revenue_minor, refund_minor, sketch_ends
     from site.rollup_periods where site_id = $1 order by 1, 2, 3, 4, 5, 6`,
    [shop.site.siteId],
  );
  return rows;
}

/** What every dimension says of the site, of a campaign and of a channel, beside a plain count of the sessions. */
async function besideRecount({ site, spring }: Shop = shop, timeZone: string = ZONE) {
  const question = { siteId: site.siteId, timeZone, from, to };
  const scopes = [
    { scope: "site", scopeKey: "", where: "true" },
    { scope: "campaign", scopeKey: String(spring), where: `d.campaign_id = ${spring}` },
    { scope: "channel", scopeKey: "paid-search", where: "d.channel = 'paid-search'" },
  ] as const;
  const said: Record<string, unknown> = {};
  const plain: Record<string, unknown> = {};
  for (const { scope, scopeKey, where } of scopes) {
    for (const dimension of DIMENSIONS.filter((name) => name !== scope)) {
      said[`${scope} by ${dimension}`] = await counted({ scope, scopeKey, dimension, siteId: site.siteId });
      plain[`${scope} by ${dimension}`] = await recount(client, { ...question, dimension, where });
    }
  }
  return { said, plain };
}

describe("the days of a site", () => {
  it("say of every dimension, in every scope, what a count of the sessions says", async () => {
    const { said, plain } = await besideRecount();
    expect(said).toEqual(plain);
  });

  it("say what their hours say, of the site and of a campaign", async () => {
    for (const campaignId of [null, shop.spring]) {
      const question = { siteId: shop.site.siteId, from, to, campaignId };
      const hours = await db.execute(trafficHours(question));
      const days = await db.execute(trafficDays(question));
      expect(hours.rows.length).toBeGreaterThan(10);
      expect(hours.rows).toEqual(days.rows);
    }
  });

  it("count money where the visit came from, and a sale without a visit where it says itself", async () => {
    const { rows } = await client.query<{ n: number; value: number }>(
      "select count(*)::int as n, sum(value_minor)::float8 - 200 as value from site.conversions where site_id = $1",
      [shop.site.siteId],
    );
    const whole = await values({ dimension: "all" });
    expect(whole).toMatchObject([
      { conversions: rows[0]?.n, revenueMinor: rows[0]?.value, refundMinor: 200, impressions: 1, clicks: 1 },
    ]);
    for (const dimension of DIMENSIONS) {
      const parts = await values({ dimension });
      const sum = (pick: (part: (typeof parts)[number]) => number) =>
        parts.reduce((n, part) => n + pick(part), 0);
      expect(sum((part) => part.conversions)).toBe(rows[0]?.n);
      expect(sum((part) => part.revenueMinor)).toBe(rows[0]?.value);
      expect(sum((part) => part.sessions)).toBe(whole[0]?.sessions);
    }
    const till = (await values({ dimension: "landing_page" })).find(({ entry }) => entry === "");
    expect(till).toMatchObject({ sessions: 0, conversions: 1, revenueMinor: 300, refundMinor: 200 });
    const email = await values({ scope: "channel", scopeKey: "email", dimension: "all" });
    expect(email[0]?.conversions).toBeGreaterThan(0);
    expect(email[0]?.impressions).toBe(1);
  });

  it("are replaced and never added to: a second roll, or two at once, change nothing", async () => {
    const before = await everyRow();
    await markHours(db, shop.site, { from: addDays(to, -4), to });
    await Promise.all([rollUpStaleHours({ db }), rollUpStaleHours({ db })]);
    await rollUpStaleHours({ db });
    expect(before.length).toBeGreaterThan(0);
    expect(await everyRow()).toEqual(before);
  });

  it("keep their mark when an hour was rolled up after they were listed", async () => {
    await db.execute(sql`insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
      values (${shop.site.siteId}, 'day', ${lastDay}::date, 5, now())`);
    await rollUpDay(db, { siteId: shop.site.siteId, span: "day", startsOn: lastDay, version: 4 });
    expect((await listStaleDays(db, 10)).map(({ startsOn }) => startsOn)).toEqual([lastDay]);
    await rollUpStaleHours({ db });
    expect(await listStaleDays(db, 10)).toEqual([]);
  });

  it("rest after a roll that took long, so that a large site's current day does not take all the time", async () => {
    const took = async (ms: number) =>
      await db.execute(sql`update site.rollup_periods set took_ms = ${ms}, rolled_at = now()
        where site_id = ${shop.site.siteId} and span = 'day' and starts_on = ${lastDay}::date`);
    await db.execute(sql`insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
      values (${shop.site.siteId}, 'day', ${lastDay}::date, 5, now())`);
    await took(60_000);
    expect(await listStaleDays(db, 10)).toEqual([]);
    await took(900);
    expect(await listStaleDays(db, 10)).toHaveLength(1);
    await rollUpStaleHours({ db });
  });
});

describe("weeks and months", () => {
  const spans = async () => {
    const { rows } = await client.query<{ span: string; n: number }>(
      `select span, count(distinct starts_on)::int as n from site.rollup_periods where site_id = $1 group by 1`,
      [shop.site.siteId],
    );
    return Object.fromEntries(rows.map(({ span, n }) => [span, n]));
  };

  it("are put together once they are over, and a range says the same with them", async () => {
    expect(await mergeStaleSpans({ db }, { settleSeconds: 3_600 })).toEqual({ periods: 0 });
    expect(await spans()).not.toHaveProperty("week");

    const { periods } = await mergeStaleSpans({ db }, { settleSeconds: 0 });

    expect(periods).toBeGreaterThan(4);
    expect(await spans()).toMatchObject({ week: expect.any(Number), month: expect.any(Number) });
    // Three weeks: no month is whole in them, so that the weeks in them are what is read, whatever day it is.
    const weeks = { siteId: shop.site.siteId, from: addDays(to, -20), to, dimension: "all" } as const;
    const [whole] = await readValues(db, weeks);
    expect(whole?.periods.map(({ span }) => span)).toContain("week");
    const { said, plain } = await besideRecount();
    expect(said).toEqual(plain);
    expect(await mergeStaleSpans({ db }, { settleSeconds: 0 })).toEqual({ periods: 0 });
  });

  it("are not read from the moment one of their days changes, until they are put together again", async () => {
    const at = NOW - 20 * 86_400_000;
    const body = ingestMessage({
      siteId: shop.site.siteId,
      visitor: visitorId(),
      receivedAt: NOW,
      events: [{ type: "pageview", at, url: "https://shop.example/late" }],
    });
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [body]);
    await rollUpStaleHours({ db });
    const stale = await besideRecount();
    await mergeStaleSpans({ db }, { settleSeconds: 0 });
    const merged = await besideRecount();
    expect(stale.said).toEqual(stale.plain);
    expect(merged.said).toEqual(stale.plain);
  });

  it("belong to the roller that took them on last: the other one writes and publishes nothing", async () => {
    const over = addDays(to, -14);
    await markHours(db, shop.site, { from: over, to: over });
    await rollUpStaleHours({ db });
    const [week] = await listStaleSpans(db, { span: "week", settleSeconds: 0, limit: 1 });
    if (!week) throw new Error("No week is over");
    const first = await claimPeriod(db, { ...week, span: "week" });
    if (!first) throw new Error("Nobody else was there");
    const second = await claimPeriod(db, first);
    expect(await claimPeriod(db, first)).toBeNull();

    const counts = { impressions: [7], clicks: [7], pageviews: [7], sessions: [7], visitors: [7] };
    const wrong = {
      scope: "site",
      scopeKey: "",
      dimension: "all",
      entries: [""],
      sketchEnds: [0],
      ...counts,
    } as const;
    await insertMergedRows(db, first, [
      { ...wrong, entries: [""], sketchEnds: [0], sketches: new Uint8Array() },
    ]);
    await publishPeriod(db, first);

    const { rows } = await client.query(
      "select from site.rollup_periods where site_id = $1 and span = 'week' and starts_on = $2::date",
      [shop.site.siteId, week.startsOn],
    );
    expect(rows).toEqual([]);
    expect(second).not.toBeNull();
    await mergeStaleSpans({ db }, { settleSeconds: 0 });
    const { said, plain } = await besideRecount();
    expect(said).toEqual(plain);
  });
});

describe("a site that moves to another time zone", () => {
  it("has the days of the new one, at the edges too", async () => {
    const moved = await openShop(db, ZONE);
    await visitShop(db, moved, { nowMs: NOW, days: 12, visitors: 16 });
    await rollUpStaleHours({ db });
    await mergeStaleSpans({ db }, { settleSeconds: 0 });

    await updateSite(db, { ...moved.site, now: new Date(NOW) }, { timeZone: "America/Los_Angeles" });
    await rebuildZones({ databases: { named: () => db, names: () => ["main"] } });
    await rollUpStaleHours({ db });

    const { said, plain } = await besideRecount(moved, "America/Los_Angeles");
    expect(said).toEqual(plain);
    const { rows } = await client.query<{ day: string; sessions: number }>(
      `select starts_on::text as day, sessions[1] as sessions from site.rollup_periods
       where site_id = $1 and scope = 'site' and dimension = 'all' and span = 'day' and currency = '' order by 1`,
      [moved.site.siteId],
    );
    const local = await client.query<{ day: string; sessions: number }>(
      `select (started_at at time zone 'America/Los_Angeles')::date::text as day, count(*)::int as sessions
       from site.sessions where site_id = $1 group by 1 order by 1`,
      [moved.site.siteId],
    );
    expect(rows.filter(({ sessions }) => sessions > 0)).toEqual(local.rows);
  });
});
