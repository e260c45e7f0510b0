import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#db/database.ts";
import { siteRef } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId, type TestMessage } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { listStaleHours } from "#db/queries/rollups/list-stale-hours.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { getTrackingDetails } from "#usecases/tracking-health/get-tracking-details.ts";
import { getTrackingHealth } from "#usecases/tracking-health/get-tracking-health.ts";

/** Postgres dates what it stores by its own clock, so the tests' clock is the true one. */
const NOW = Date.now();
const MINUTE_MS = 60_000;
const clock = { now: () => new Date(NOW) };
let db: Database;
let deps: Parameters<typeof getTrackingHealth>[0];

beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = { databases: { named: () => db, names: () => ["main"] }, clock };
});

async function send(site: TestSite, { events, ...given }: Omit<TestMessage, "siteId">): Promise<void> {
  const message = ingestMessage({ siteId: site.siteId, visitor: visitorId(), ...given, events });
  await ingestEvents({ db, clock, sites: new Map() }, [message]);
}

const view = (minutesAgo: number, path = "/") => ({
  type: "pageview" as const,
  at: NOW - minutesAgo * MINUTE_MS,
  url: `https://shop.example${path}`,
});
const healthOf = async (site: TestSite) => await getTrackingHealth(deps, siteRef(site));
const detailsOf = async (site: TestSite) => await getTrackingDetails(deps, siteRef(site));

describe("tracking health", () => {
  test("of a site that has never sent anything says so, and measures nothing", async () => {
    expect(await healthOf(await createSite(db))).toMatchObject({
      state: "never",
      lastReceivedAt: null,
      lastEvent: null,
      lag: null,
      recent: { bodies: 0, received: 0 },
      backlog: { hours: 0, oldestAt: null },
    });
  });

  test("knows the newest body, the newest event and its page, and counts what became of the newest bodies", async () => {
    const site = await createSite(db);
    const other = await createSite(db);
    await send(site, { events: [view(30, "/a"), { type: "refund", at: NOW - 30 * MINUTE_MS }] });
    await send(site, { events: [view(5, "/cart")] });
    await send(site, { bot: "headless", events: [view(2)] });
    await send(other, { events: [view(0)] });
    const { lastReceivedAt, lastEvent, recent } = await healthOf(site);
    expect(lastReceivedAt).toBe(new Date(NOW - 2 * MINUTE_MS).toISOString());
    const receivedAt = new Date(NOW - 5 * MINUTE_MS).toISOString();
    expect(lastEvent).toEqual({ type: "pageview", receivedAt, page: "shop.example/cart" });
    expect(recent).toEqual({
      bodies: 3,
      received: 4,
      stored: 2,
      duplicate: 0,
      bot: 1,
      rejected: 1,
      deadLettered: 0,
    });
  });

  test("measures from collect to the database, and is delayed when that takes more than five minutes", async () => {
    const site = await createSite(db);
    await send(site, { events: [view(0)] });
    const quick = await healthOf(site);
    expect(quick.state).toBe("healthy");
    expect(quick.lag).toMatchObject({ bodies: 1 });
    // Less than the test itself takes.
    expect(quick.lag?.p95Seconds).toBeLessThan(60);
    for (let count = 0; count < 3; count += 1) await send(site, { events: [view(20)] });
    const late = await healthOf(site);
    expect(late.lag?.p95Seconds).toBeGreaterThan(1_100);
    expect(late.state).toBe("delayed");
  });

  test("knows what waits to be summed up", async () => {
    const site = await createSite(db);
    await send(site, { events: [view(0)] });
    expect((await healthOf(site)).backlog.hours).toBeGreaterThan(0);
    await db.execute(sql`
      update site.stale_hours set marked_at = now() - interval '11 minutes' where site_id = ${site.siteId}`);
    expect((await healthOf(site)).state).toBe("delayed");
    await rollUpStaleHours({ db });
    expect(await healthOf(site)).toMatchObject({ state: "healthy", backlog: { hours: 0, oldestAt: null } });
  });

  // Hours of a whole history are marked ahead, so that they wait their turn.
  test("dates nothing that waits later than now", async () => {
    const site = await createSite(db);
    await send(site, { events: [view(0)] });
    await db.execute(sql`
      update site.stale_hours set marked_at = now() + interval '9 minutes' where site_id = ${site.siteId}`);
    const { state, backlog } = await healthOf(site);
    expect([state, backlog.oldestAt]).toEqual(["healthy", clock.now().toISOString()]);
  });

  test("does not call an hour behind that is added to faster than it is summed up", async () => {
    const site = await createSite(db);
    await send(site, { events: [view(0)] });
    await db.execute(sql`
      update site.stale_hours set marked_at = now() - interval '11 minutes' where site_id = ${site.siteId}`);
    const listed = (await listStaleHours(db, 100)).filter(({ siteId }) => siteId === site.siteId);
    await send(site, { events: [view(0)] });
    await rollUpHours(db, site.siteId, listed);
    const { state, backlog } = await healthOf(site);
    expect([state, backlog.hours]).toEqual(["healthy", listed.length]);
  });

  test("of a receipt from before its time was kept measures nothing", async () => {
    const site = await createSite(db);
    await send(site, { events: [view(0)] });
    await db.execute(sql`update site.receipts set stored_at = null where site_id = ${site.siteId}`);
    expect((await healthOf(site)).lag).toBeNull();
  });
});

describe("tracking details", () => {
  test("list the pages that report, with the last day apart, and nothing a program sent", async () => {
    const site = await createSite(db);
    for (const minutesAgo of [1, 30, 3 * 1_440]) await send(site, { events: [view(minutesAgo, "/sale")] });
    await send(site, { events: [view(2 * 1_440, "/cart")] });
    await send(site, { events: [view(9 * 1_440, "/long-ago")] });
    await send(site, { via: "api", events: [view(1, "/imported")] });
    const { pages, looked, morePages } = await detailsOf(site);
    expect(pages).toEqual([
      {
        host: "shop.example",
        path: "/sale",
        lastSeenAt: new Date(NOW - MINUTE_MS).toISOString(),
        events24h: 2,
        events: 3,
      },
      {
        host: "shop.example",
        path: "/cart",
        lastSeenAt: new Date(NOW - 2_880 * MINUTE_MS).toISOString(),
        events24h: 0,
        events: 1,
      },
    ]);
    expect(looked).toMatchObject({ events: 5, isWhole: true });
    expect(morePages).toBe(0);
  });

  test("tell what visitors are known by, and why events are bots'", async () => {
    const site = await createSite(db);
    const hash = "00112233-4455-6677-8899-aabbccddeeff";
    await send(site, { events: [view(1), view(2)] });
    await send(site, { visitor: hash, identity: "cookieless", events: [view(1)] });
    await send(site, { visitor: null, identity: "none", events: [view(1)] });
    await send(site, { bot: "known:Googlebot", events: [view(4), view(3)] });
    await send(site, { bot: "head", events: [view(2)] });
    const { identity, bots } = await detailsOf(site);
    expect(identity).toEqual({ firstParty: 2, cookieless: 1, none: 1 });
    expect(bots.looked).toBe(3);
    expect(bots.reasons).toMatchObject([
      { reason: "known:Googlebot", events: 2, lastSeenAt: new Date(NOW - 3 * MINUTE_MS).toISOString() },
      { reason: "head", events: 1 },
    ]);
  });
});
