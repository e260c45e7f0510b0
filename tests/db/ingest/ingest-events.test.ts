import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function ingest(...messages: IngestMessage[]) {
  return await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
}

async function sessionsOf(site: TestSite) {
  const { rows } = await db.execute<{
    started: string;
    source: string | null;
    channel: string | null;
    events: number;
  }>(sql`
    select s.started_at::text as started, d.utm_source as source, d.channel, s.events
    from site.sessions s left join site.sources d on d.id = s.source_id
    where s.site_id = ${site.siteId} order by s.started_at, s.session_id`);
  return rows;
}

async function touchpointsOf(site: TestSite) {
  const { rows } = await db.execute<{
    id: string;
    channel: string;
    campaign_id: number | null;
    at: string;
    rank: number;
  }>(sql`
    select t.touchpoint_id as id, d.channel, d.campaign_id, t.at, t.rank
    from site.touchpoints t join site.sources d on d.id = t.source_id
    where t.site_id = ${site.siteId} order by t.at, t.rank, t.touchpoint_id`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

async function conversionsOf(site: TestSite) {
  const { rows } = await db.execute<{
    id: string;
    value: string;
    currency: string;
    visitor: string | null;
    copies: number;
    codes: string[];
  }>(sql`
    select conversion_id as id, value_minor as value, currency, visitor_id as visitor, copies, promo_codes as codes
    from site.conversions where site_id = ${site.siteId} order by at, conversion_id`);
  return rows;
}

async function receiptTotals(site: TestSite) {
  const { rows } = await db.execute<Record<string, number>>(sql`
    select sum(received)::int as received, sum(stored)::int as stored, sum(duplicate)::int as duplicate,
      sum(bot)::int as bot, sum(rejected)::int as rejected,
      (select count(*)::int from site.events e where e.site_id = ${site.siteId}) as present
    from site.receipts where site_id = ${site.siteId}`);
  return rows[0];
}

const page = (at: number, url: string, referrer?: string) =>
  ({ type: "pageview", at, url, ...(referrer === undefined ? {} : { referrer }) }) as const;

describe("receipts", () => {
  it("stores an event once, whatever is redelivered, and balances", async () => {
    const site = await createSite(db);
    const visitor = visitorId();
    const first = ingestMessage({
      siteId: site.siteId,
      visitor,
      events: [page(NOW - HOUR, "https://shop.example/")],
    });
    const again = { ...first, receiptId: eventId(NOW) };

    await ingest(first);
    await ingest(first);
    await ingest(first, first, again);

    expect(await receiptTotals(site)).toEqual({
      received: 2,
      stored: 1,
      duplicate: 1,
      bot: 0,
      rejected: 0,
      present: 1,
    });
    expect(await sessionsOf(site)).toHaveLength(1);
  });

  it("raises neither versions nor marks when a body is redelivered", async () => {
    const site = await createSite(db);
    const body = ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      events: [page(NOW, "https://shop.example/")],
    });
    const versions = async () =>
      (await db.execute(sql`select day, version from site.data_versions where site_id = ${site.siteId}`))
        .rows;

    await ingest(body);
    const before = await versions();
    await ingest(body);

    expect(before).toHaveLength(1);
    expect(await versions()).toEqual(before);
  });

  it("keeps bots apart and counts a repeat of a bot as a duplicate", async () => {
    const site = await createSite(db);
    const events = [{ ...page(NOW, "https://shop.example/"), id: eventId(NOW) }];

    await ingest(ingestMessage({ siteId: site.siteId, bot: "isbot", events }));
    await ingest(ingestMessage({ siteId: site.siteId, bot: "isbot", events }));
    await ingest(ingestMessage({ siteId: site.siteId, events }));

    expect(await receiptTotals(site)).toEqual({
      received: 3,
      stored: 0,
      duplicate: 2,
      bot: 1,
      rejected: 0,
      present: 0,
    });
  });

  it("counts what ingest refuses under its reason", async () => {
    const site = await createSite(db);
    await ingest(
      ingestMessage({
        siteId: site.siteId,
        events: [
          { type: "refund", at: NOW, refund: { orderId: "A-1" } },
          { ...page(NOW, "https://shop.example/"), id: eventId(NOW - 500 * 24 * HOUR) },
          page(NOW, "https://shop.example/"),
        ],
      }),
    );

    expect(await receiptTotals(site)).toMatchObject({ received: 3, stored: 1, rejected: 2 });
    const { rows } = await db.execute(
      sql`select rejected_by from site.receipts where site_id = ${site.siteId}`,
    );
    expect(rows).toEqual([{ rejected_by: { not_allowed: 1, invalid_id: 1 } }]);
  });

  it("sets one poisoned body aside and stores the others", async () => {
    const site = await createSite(db);
    const bad = ingestMessage({
      siteId: site.siteId,
      visitor: "not-a-uuid",
      events: [page(NOW, "https://shop.example/")],
    });
    const good = [1, 2, 3].map(() =>
      ingestMessage({
        siteId: site.siteId,
        visitor: visitorId(),
        events: [page(NOW, "https://shop.example/")],
      }),
    );

    const outcome = await ingest(...good.slice(0, 1), bad, ...good.slice(1));

    expect(outcome.deadLetters).toEqual([{ receiptId: bad.receiptId, reason: "sqlstate_22P02" }]);
    expect(await receiptTotals(site)).toMatchObject({ received: 4, stored: 3, present: 3 });
    const letters = await db.execute(
      sql`select reason from site.dead_letters where site_id = ${site.siteId}`,
    );
    expect(letters.rows).toEqual([{ reason: "sqlstate_22P02" }]);
  });
});

describe("sessions and touchpoints", () => {
  const tagged = "https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring";

  it("begins a session after 30 minutes of silence and when the source changes", async () => {
    const site = await createSite(db);
    const visitor = visitorId();
    const at = NOW - 5 * HOUR;
    await ingest(
      ingestMessage({
        siteId: site.siteId,
        visitor,
        receivedAt: NOW,
        events: [
          page(at, tagged),
          page(at + MINUTE, "https://shop.example/shoes", tagged),
          page(at + 2 * MINUTE, "https://shop.example/", "https://www.google.com/"),
          page(at + 31 * MINUTE + 2 * MINUTE, "https://shop.example/later"),
        ],
      }),
    );

    expect((await sessionsOf(site)).map(({ channel, events }) => [channel, events])).toEqual([
      ["email", 2],
      ["organic-search", 1],
      ["direct", 1],
    ]);
    expect((await touchpointsOf(site)).map(({ channel }) => channel)).toEqual([
      "email",
      "organic-search",
      "direct",
    ]);
  });

  it("opens nothing for own hosts and for a return from a payment provider", async () => {
    const site = await createSite(db);
    const visitor = visitorId();
    await ingest(
      ingestMessage({
        siteId: site.siteId,
        visitor,
        receivedAt: NOW,
        events: [
          page(NOW - 3 * HOUR, tagged),
          page(NOW - HOUR, "https://shop.example/thanks", "https://checkout.stripe.com/pay"),
        ],
      }),
    );

    expect((await sessionsOf(site)).map(({ channel }) => channel)).toEqual(["email", null]);
    expect(await touchpointsOf(site)).toHaveLength(1);
  });

  it("gives the same sessions whatever order the events arrive in", async () => {
    const at = NOW - 8 * HOUR;
    const visitor = visitorId();
    const events = [
      page(at, tagged),
      page(at + 20 * MINUTE, "https://shop.example/a"),
      page(at + 45 * MINUTE, "https://shop.example/b", "https://duckduckgo.com/"),
      page(at + 70 * MINUTE, "https://shop.example/c"),
      page(at + 4 * HOUR, "https://shop.example/?gclid=x"),
    ].map((event) => ({ ...event, id: eventId(event.at) }));
    const orders = [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
    ];

    const results = [];
    for (const order of orders) {
      const site = await createSite(db);
      for (const index of order) {
        const event = events[index];
        if (event)
          await ingest(ingestMessage({ siteId: site.siteId, visitor, receivedAt: NOW, events: [event] }));
      }
      results.push({
        sessions: await sessionsOf(site),
        touchpoints: (await touchpointsOf(site)).map(({ id, channel }) => [id, channel]),
      });
    }

    expect(results[0]?.sessions.map(({ channel, events: count }) => [channel, count])).toEqual([
      ["email", 2],
      ["organic-search", 2],
      ["paid-search", 1],
    ]);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it("makes one touchpoint of a short-link click and its landing, with the click's id and the campaign of the link", async () => {
    const site = await createSite(db);
    const campaignId = await createCampaign(db, site, { name: "Podcast", channel: "podcast", matchers: [] });
    await db.execute(sql`insert into site.links (site_id, public_id, slug, destination, campaign_id, created_at)
      values (${site.siteId}, ${`lnk_${site.siteId}`}, ${`pod${site.siteId}`}, 'https://shop.example/', ${campaignId}, now())`);
    const clickId = eventId(NOW - 10 * MINUTE);
    const click = ingestMessage({
      siteId: site.siteId,
      via: "redirect",
      events: [{ type: "click", at: NOW - 10 * MINUTE, id: clickId, slug: `pod${site.siteId}` }],
    });
    const landing = ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      events: [page(NOW - 10 * MINUTE + 900, `https://shop.example/?wm_click=pod${site.siteId}.${clickId}`)],
    });

    await ingest(landing);
    await ingest(click);

    expect(await touchpointsOf(site)).toEqual([
      { id: clickId, channel: "podcast", campaign_id: campaignId, at: new Date(NOW - 10 * MINUTE), rank: 0 },
    ]);
  });
});

describe("conversions", () => {
  const buy = (at: number, conversion: object) =>
    ({ type: "conversion", at, url: "https://shop.example/thanks", conversion }) as const;

  it("merges browser and server copies of one order, in any order of arrival", async () => {
    const visitor = visitorId();
    const browser = buy(NOW - HOUR, { value: "49.90", currency: "EUR", orderId: "A-9", promoCode: "spring" });
    const server = {
      type: "conversion",
      at: NOW - HOUR - 5_000,
      conversion: { value: "41.93", currency: "EUR", orderId: "A-9" },
    } as const;
    const results = [];
    for (const serverFirst of [true, false]) {
      const site = await createSite(db);
      const bodies = [
        ingestMessage({ siteId: site.siteId, visitor, receivedAt: NOW, events: [browser] }),
        ingestMessage({
          siteId: site.siteId,
          via: "api",
          receivedAt: NOW,
          identity: "none",
          events: [server],
        }),
      ];
      for (const body of serverFirst ? bodies.toReversed() : bodies) await ingest(body);
      results.push((await conversionsOf(site)).map((row) => ({ ...row, id: null })));
    }

    expect(results[0]).toEqual([
      { id: null, value: "4193", currency: "EUR", visitor, copies: 2, codes: ["SPRING"] },
    ]);
    expect(results[1]).toEqual(results[0]);
  });

  it("makes a touchpoint of a promo code that sorts after everything at its time", async () => {
    const site = await createSite(db);
    const campaignId = await createCampaign(db, site, {
      name: "Host read",
      channel: "podcast",
      matchers: [{ kind: "promo_code", value: "pod10" }],
    });
    await ingest(
      ingestMessage({
        siteId: site.siteId,
        visitor: visitorId(),
        receivedAt: NOW,
        events: [
          page(NOW - HOUR, "https://shop.example/"),
          buy(NOW - HOUR, { value: 20, promoCode: " Pod10 " }),
        ],
      }),
    );

    expect(
      (await touchpointsOf(site)).map(({ channel, campaign_id, rank }) => [channel, campaign_id, rank]),
    ).toEqual([
      ["direct", null, 0],
      ["podcast", campaignId, 1],
    ]);
  });
});
