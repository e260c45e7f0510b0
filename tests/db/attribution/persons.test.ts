import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { dataVersion } from "#db/queries/analytics/traffic.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHOP = "https://shop.example/";
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

type Act = { land: string } | { order: string } | { key: string };

/** What a visitor does so long ago: lands from a medium, orders, or is identified. */
async function act(site: TestSite, visitor: string, [agoMs, what]: [number, Act]) {
  const at = NOW - agoMs;
  const event =
    "land" in what
      ? { type: "pageview" as const, at, url: `${SHOP}?utm_source=acme&utm_medium=${what.land}` }
      : "order" in what
        ? { type: "conversion" as const, at, url: SHOP, conversion: { value: "10.00", orderId: what.order } }
        : { type: "identify" as const, at, customerHash: what.key };
  const message = ingestMessage({ siteId: site.siteId, visitor, receivedAt: at, events: [event] });
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [message]);
}

const today = siteDay(NOW, "Europe/Berlin");

/** Channels by linear credit, over all orders of the site. */
async function creditOf({ siteId }: TestSite, lookbackDays = 30) {
  const question = { siteId, from: addDays(today, -40), to: today, lookbackDays, direct: "keep" } as const;
  const { rows } = await db.execute(creditRows(question));
  const shares: Record<string, number> = {};
  for (const { channel, isUnattributed, linearConversions } of readCreditRows(rows)) {
    const name = isUnattributed ? "unattributed" : (channel ?? "none");
    shares[name] = (shares[name] ?? 0) + linearConversions;
  }
  return shares;
}

describe("a person of two devices", () => {
  it("earns credit for what led to the order on either, whenever the key comes", async () => {
    const site = await createSite(db);
    const [phone, desk, key] = [visitorId(), visitorId(), visitorId()];
    await act(site, phone, [3 * DAY, { land: "email" }]);
    await act(site, desk, [2 * DAY, { land: "cpc" }]);
    await act(site, desk, [2 * DAY - 60_000, { order: "A-1" }]);
    expect(await creditOf(site)).toEqual({ "paid-other": 1 });

    await act(site, desk, [DAY, { key }]);
    await act(site, phone, [HOUR, { key }]);

    expect(await creditOf(site)).toEqual({ "paid-other": 0.5, email: 0.5 });
  });

  it("keeps to the lookback on the other device as well", async () => {
    const site = await createSite(db);
    const [phone, desk, key] = [visitorId(), visitorId(), visitorId()];
    await act(site, phone, [9 * DAY, { land: "email" }]);
    await act(site, phone, [9 * DAY, { key }]);
    await act(site, desk, [2 * DAY, { key }]);
    await act(site, desk, [DAY, { order: "A-1" }]);

    expect(await creditOf(site, 7)).not.toHaveProperty("email");
    expect(await creditOf(site, 14)).toHaveProperty("email");
  });

  it("is not joined with a person of another key, nor with another site's", async () => {
    const [site, other] = [await createSite(db), await createSite(db)];
    const [phone, desk, key] = [visitorId(), visitorId(), visitorId()];
    await act(site, phone, [3 * DAY, { land: "email" }]);
    await act(other, phone, [3 * DAY, { land: "email" }]);
    await act(site, phone, [3 * DAY, { key: visitorId() }]);
    await act(other, phone, [3 * DAY, { key }]);
    await act(site, desk, [2 * DAY, { key }]);
    await act(site, desk, [DAY, { order: "A-1" }]);

    expect(await creditOf(site)).not.toHaveProperty("email");
  });
});

describe("a device that two persons share", () => {
  it("gives each what came while it was theirs; what came before the first key is the first one's", async () => {
    const site = await createSite(db);
    const [shared, first, second] = [visitorId(), visitorId(), visitorId()];
    const [firstPhone, secondPhone] = [visitorId(), visitorId()];
    await act(site, shared, [9 * DAY, { land: "email" }]);
    await act(site, shared, [8 * DAY, { key: first }]);
    await act(site, shared, [7 * DAY, { land: "cpc" }]);
    await act(site, shared, [6 * DAY, { key: second }]);
    await act(site, shared, [5 * DAY, { land: "affiliate" }]);
    await act(site, firstPhone, [2 * DAY, { key: first }]);
    await act(site, firstPhone, [DAY, { order: "A-1" }]);
    const ofFirst = await creditOf(site);
    expect(Object.keys(ofFirst).toSorted()).toEqual(["email", "paid-other"]);

    const other = await createSite(db);
    await act(other, shared, [9 * DAY, { land: "email" }]);
    await act(other, shared, [8 * DAY, { key: first }]);
    await act(other, shared, [6 * DAY, { key: second }]);
    await act(other, shared, [5 * DAY, { land: "affiliate" }]);
    await act(other, secondPhone, [2 * DAY, { key: second }]);
    await act(other, secondPhone, [DAY, { order: "A-1" }]);
    expect(Object.keys(await creditOf(other)).toSorted()).toEqual(["affiliates"]);
  });
});

describe("a key that a whole crowd is identified by", () => {
  it("joins nobody", async () => {
    const site = await createSite(db);
    const [phone, desk, key] = [visitorId(), visitorId(), visitorId()];
    await act(site, phone, [3 * DAY, { land: "email" }]);
    await act(site, phone, [3 * DAY, { key }]);
    await act(site, desk, [2 * DAY, { key }]);
    await act(site, desk, [DAY, { order: "A-1" }]);
    expect(await creditOf(site)).toHaveProperty("email");

    await db.execute(sql`
      insert into site.identity_links (site_id, event_id, visitor_id, person_id, since)
      select ${site.siteId}, gen_random_uuid(), gen_random_uuid(), ${key}, now() from generate_series(1, 2000)`);

    expect(await creditOf(site)).not.toHaveProperty("email");
  });
});

describe("the version of the days", () => {
  async function versionOf({ siteId }: TestSite, day: string) {
    const { rows } = await db.execute<{ version: string }>(dataVersion(siteId, day, day));
    return rows[0]?.version;
  }
  const day = (agoMs: number) => siteDay(NOW - agoMs, "Europe/Berlin");

  it("moves where a new link changes journeys, and not for one more link to the same person", async () => {
    const site = await createSite(db);
    const [desk, key] = [visitorId(), visitorId()];
    await act(site, desk, [5 * DAY, { land: "cpc" }]);
    await act(site, desk, [3 * DAY, { order: "A-1" }]);
    const before = [await versionOf(site, day(5 * DAY)), await versionOf(site, day(3 * DAY))];

    await act(site, desk, [DAY, { key }]);
    const linked = [await versionOf(site, day(5 * DAY)), await versionOf(site, day(3 * DAY))];
    await act(site, desk, [HOUR, { key }]);
    const again = [await versionOf(site, day(5 * DAY)), await versionOf(site, day(3 * DAY))];

    expect(linked[0]).not.toBe(before[0]);
    expect(linked[1]).not.toBe(before[1]);
    expect(again).toEqual(linked);
  });
});
