import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rematchSources } from "#usecases/sources/rematch-sources.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.now();
const BEGAN_AT = NOW - 60 * MINUTE;
const SHOP = "https://shop.example/";
const GOOGLE = "https://www.google.com/";
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

/** A page and where it was come to from, a minute after the one before. */
type View = { query?: string; from?: string };

/** The views in the order given, and half a minute after the last of them an order of 100.00. */
async function visit({ siteId }: TestSite, views: readonly View[], isBackwards = false): Promise<void> {
  const visitor = visitorId();
  const viewed = views.map(({ query = "", from }, i) => ({
    type: "pageview" as const,
    at: BEGAN_AT + i * MINUTE,
    url: `${SHOP}${query}`,
    ...(from === undefined ? {} : { referrer: from }),
  }));
  const at = BEGAN_AT + (views.length - 1) * MINUTE + MINUTE / 2;
  const bought = { type: "conversion" as const, at, url: `${SHOP}thanks`, conversion: { value: "100.00" } };
  const bodies = [...viewed, bought].map((event) =>
    ingestMessage({ siteId, visitor, receivedAt: NOW, events: [event] }),
  );
  for (const body of isBackwards ? bodies.toReversed() : bodies)
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [body]);
}

async function sessionsOf({ siteId }: TestSite): Promise<number> {
  const { rows } = await db.execute(sql`select 1 from site.sessions where site_id = ${siteId}`);
  return rows.length;
}

/** Revenue: whose, its channel, by last touch and by linear. */
async function creditOf({ siteId }: TestSite) {
  const range = { from: siteDay(NOW - 2 * DAY, "UTC"), to: siteDay(NOW + DAY, "UTC") };
  const { rows } = await db.execute(creditRows({ siteId, ...range, lookbackDays: 30, direct: "keep" }));
  return readCreditRows(rows)
    .map((row) => ({
      isSpring: row.campaignId !== null,
      channel: row.channel,
      last: row.lastRevenueMinor,
      linear: row.linearRevenueMinor,
    }))
    .filter(({ last, linear }) => last + linear > 0)
    .toSorted((a, b) => a.last - b.last);
}

async function springOf(site: TestSite): Promise<void> {
  const matchers = [{ kind: "promo_code", value: "spring" }];
  await createCampaign(db, site, { name: "Spring", channel: "podcast", matchers });
}

const ORGANIC = { isSpring: false, channel: "organic-search", last: 10_000, linear: 10_000 };

describe("a code that no campaign has, in the address of a page", () => {
  it.each<{ name: string; views: View[] }>([
    { name: "without a referrer", views: [{ from: GOOGLE }, { query: "?coupon=ZZZ" }] },
    {
      name: "from the same search engine",
      views: [{ from: GOOGLE }, { query: "?discount=10", from: GOOGLE }],
    },
    { name: "on the first page", views: [{ query: "?coupon=ZZZ", from: GOOGLE }, { from: GOOGLE }] },
    {
      name: "another than before",
      views: [
        { query: "?promo=A", from: GOOGLE },
        { query: "?promo=B", from: GOOGLE },
      ],
    },
  ])("changes nothing: $name", async ({ views }) => {
    for (const isBackwards of [false, true]) {
      const site = await createSite(db);
      await visit(site, views, isBackwards);

      expect(await sessionsOf(site)).toBe(1);
      expect(await creditOf(site)).toEqual([ORGANIC]);
    }
  });

  it("leaves a visit that has nothing else direct", async () => {
    const site = await createSite(db);
    await visit(site, [{ query: "?coupon=ZZZ" }, {}]);

    expect(await sessionsOf(site)).toBe(1);
    expect(await creditOf(site)).toEqual([{ ...ORGANIC, channel: "direct" }]);
  });

  it("begins no session beside the same tags, and hides no others", async () => {
    const site = await createSite(db);
    const tagged = "?utm_source=news&utm_medium=email";
    await visit(site, [
      { query: tagged },
      { query: `${tagged}&coupon=ZZZ` },
      { query: "?gclid=x&coupon=ZZZ" },
    ]);

    expect(await sessionsOf(site)).toBe(2);
    expect(await creditOf(site)).toEqual([
      { isSpring: false, channel: "email", last: 0, linear: 5_000 },
      { isSpring: false, channel: "paid-search", last: 10_000, linear: 5_000 },
    ]);
  });
});

describe("a campaign's code in the address of a page", () => {
  const half = [
    { isSpring: false, channel: "organic-search", last: 0, linear: 5_000 },
    { isSpring: true, channel: "podcast", last: 10_000, linear: 5_000 },
  ];

  it("is a touchpoint of the campaign in the running session, whichever page is heard of first", async () => {
    for (const isBackwards of [false, true]) {
      const site = await createSite(db);
      await springOf(site);
      await visit(site, [{ from: GOOGLE }, { query: "?coupon=spring" }], isBackwards);

      expect(await sessionsOf(site)).toBe(1);
      expect(await creditOf(site)).toEqual(half);
    }
  });

  it("is so as well when the campaign gets the code afterwards", async () => {
    const site = await createSite(db);
    await visit(site, [{ from: GOOGLE }, { query: "?coupon=spring", from: GOOGLE }]);
    expect(await creditOf(site)).toEqual([ORGANIC]);

    await springOf(site);
    await db.execute(
      sql`update site.sites set matcher_version = matcher_version + 1 where id = ${site.siteId}`,
    );
    const databases = { named: () => db, names: () => ["main"] };
    await rematchSources({ databases }, { database: "main", siteId: site.siteId });

    expect(await sessionsOf(site)).toBe(1);
    expect(await creditOf(site)).toEqual(half);
  });

  it("is one touchpoint of a session, on however many of its pages it stands", async () => {
    const site = await createSite(db);
    await springOf(site);
    const coded = { query: "?coupon=spring" };
    await visit(site, [{ from: GOOGLE }, coded, { ...coded, from: GOOGLE }, {}, coded]);

    expect(await creditOf(site)).toEqual(half);
  });

  it("makes the visit that it begins the campaign's, and is no other touchpoint in it", async () => {
    const site = await createSite(db);
    await springOf(site);
    await visit(site, [{ query: "?coupon=spring" }, {}, { query: "?coupon=spring" }]);

    expect(await sessionsOf(site)).toBe(1);
    expect(await creditOf(site)).toEqual([
      { isSpring: true, channel: "podcast", last: 10_000, linear: 10_000 },
    ]);
  });

  it("is told anew when a page before it turns out to have begun its session, or another one", async () => {
    const site = await createSite(db);
    await springOf(site);
    const { siteId } = site;
    const visitor = visitorId();
    const page = (at: number, query: string, referrer?: string) =>
      ingestMessage({
        siteId,
        visitor,
        receivedAt: NOW,
        events: [
          { type: "pageview", at, url: `${SHOP}${query}`, ...(referrer === undefined ? {} : { referrer }) },
        ],
      });
    const deps = { db, clock: { now: () => new Date(NOW) }, sites: new Map() };
    await ingestEvents(deps, [page(BEGAN_AT, "", GOOGLE)]);
    await ingestEvents(deps, [page(BEGAN_AT + 2 * MINUTE, "?coupon=spring", "https://blog.example/")]);
    const ranks = async () => {
      const { rows } = await db.execute(
        sql`select rank from site.touchpoints where site_id = ${siteId} order by at`,
      );
      return rows.map(({ rank }) => rank);
    };
    expect(await ranks()).toEqual([0, 0]);

    await ingestEvents(deps, [page(BEGAN_AT + MINUTE, "", "https://blog.example/")]);
    expect(await ranks()).toEqual([0, 0, 2]);

    await ingestEvents(deps, [page(BEGAN_AT + MINUTE + 1, "", GOOGLE)]);
    expect(await ranks()).toEqual([0, 0, 0, 0]);
  });

  it("comes before the code that is used in the same millisecond, which is the last of all", async () => {
    const site = await createSite(db);
    await springOf(site);
    const matchers = [{ kind: "promo_code", value: "partner" }];
    await createCampaign(db, site, { name: "Partner", channel: "affiliates", matchers });
    const at = BEGAN_AT + MINUTE;
    const url = `${SHOP}thanks?coupon=partner`;
    const body = ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: NOW,
      events: [
        { type: "pageview", at: BEGAN_AT, url: SHOP, referrer: GOOGLE },
        { type: "pageview", at, url },
        { type: "conversion", at, url, conversion: { value: "100.00", promoCode: "spring" } },
      ],
    });
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [body]);

    expect((await creditOf(site)).at(-1)).toEqual({
      isSpring: true,
      channel: "podcast",
      last: 10_000,
      linear: 3_333,
    });
  });
});
