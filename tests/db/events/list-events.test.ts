import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { EventRow } from "#contract/events.ts";
import { listEvents, type EventsFilter } from "#usecases/events/list-events.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { siteRef, testDeps } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId, type TestMessage } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";

const NOW = Date.now() - 3_600_000;
let database: TestDatabase;
let site: TestSite;

beforeAll(async () => {
  database = await createDatabase();
});

async function ingest(messages: Omit<TestMessage, "siteId">[]): Promise<void> {
  const queued = messages.map((message) => ingestMessage({ ...message, siteId: site.siteId }));
  await ingestEvents({ db: database.db, clock: { now: () => new Date() }, sites: new Map() }, queued);
}

type Query = EventsFilter & { campaignId?: number; afterEventId?: string | null };

async function page({ campaignId, afterEventId = null, ...filter }: Query = {}) {
  const input = { site: siteRef(site), campaignId: campaignId ?? null, filter, afterEventId };
  return await listEvents(testDeps(database.db), input);
}

async function all(query: Query, between?: () => Promise<void>): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  let after: string | null = null;
  do {
    const part: Awaited<ReturnType<typeof page>> = await page({ ...query, afterEventId: after });
    rows.push(...part.items);
    after = part.next && String(part.next[0]);
    await between?.();
  } while (after !== null);
  return rows;
}

test("an event shows what was sent, with its dictionaries read out and its visitor shortened", async () => {
  site = await createSite(database.db);
  const campaignId = await createCampaign(database.db, site, { name: "Spring" });
  const visitor = visitorId();
  const landing = eventId(NOW);
  const order = eventId(NOW + 60_000);
  const url = "https://shop.example/landing?utm_source=news&utm_medium=email&utm_campaign=spring";
  await ingest([
    { visitor, events: [{ id: landing, type: "pageview", at: NOW, url }] },
    {
      visitor,
      events: [
        {
          id: order,
          type: "conversion",
          at: NOW + 60_000,
          url: "https://shop.example/thanks",
          conversion: { type: "purchase", value: "12.50", currency: "EUR", orderId: "A1" },
          props: { size: "L" },
        },
      ],
    },
  ]);

  const { items, next } = await page();
  const { rows } = await database.db.execute<{ id: string }>(
    sql`select public_id as id from site.campaigns where id = ${campaignId}`,
  );
  const campaign = { id: rows[0]?.id ?? "", name: "Spring" };
  expect(next).toBeNull();
  expect(items.map(({ id }) => id)).toEqual([order, landing]);
  expect(items[1]).toMatchObject({
    type: "pageview",
    at: new Date(NOW).toISOString(),
    verdict: "stored",
    page: "shop.example/landing",
    source: "news / email",
    channel: "email",
    campaign,
    visitor: visitor.slice(-8),
    value: null,
    browser: "Firefox",
    country: "DE",
    isTest: false,
  });
  // A conversion inside the visit says where the visit came from.
  expect(items[0]).toMatchObject({
    type: "conversion",
    name: "purchase",
    value: { minor: 1_250, currency: "EUR" },
    orderId: "A1",
    campaign,
    props: { size: "L" },
  });
  expect((await page({ campaignId })).items).toEqual(items);
  expect((await page({ type: "conversion" })).items.map(({ id }) => id)).toEqual([order]);
  expect((await page({ campaignId, type: "click" })).items).toEqual([]);
});

test("bots are shown apart, with the reason, and never among the stored", async () => {
  site = await createSite(database.db);
  await ingest([
    { visitor: visitorId(), events: [{ type: "pageview", at: NOW, url: "https://shop.example/a" }] },
    { bot: "headless", events: [{ type: "pageview", at: NOW + 1, url: "https://shop.example/b" }] },
  ]);

  expect((await page()).items.map(({ page: shown }) => shown)).toEqual(["shop.example/a"]);
  expect((await page({ verdict: "bot" })).items).toMatchObject([
    { verdict: "bot", botReason: "headless", page: "shop.example/b", visitor: null },
  ]);
  expect((await page({ verdict: "bot", type: "click" })).items).toEqual([]);
});

test("another site's events are not there", async () => {
  site = await createSite(database.db);
  await ingest([
    { visitor: visitorId(), events: [{ type: "pageview", at: NOW, url: "https://x.example/" }] },
  ]);
  site = await createSite(database.db);
  expect((await page()).items).toEqual([]);
  expect((await page({ verdict: "bot" })).items).toEqual([]);
});

test("pages have no gap and no repeat while new events arrive, and the new ones come on top", async () => {
  site = await createSite(database.db);
  const ids = Array.from({ length: 25 }, (_, i) => eventId(NOW + i * 1_000));
  await ingest(
    ids.map((id, i) => ({
      visitor: visitorId(),
      events: [{ id, type: "pageview", at: NOW + i * 1_000, url: "https://shop.example/" }],
    })),
  );
  let arrived = 0;
  const walked = await all({ limit: 4 }, async () => {
    arrived += 1;
    const at = NOW + 100_000 + arrived;
    await ingest([
      { visitor: visitorId(), events: [{ type: "pageview", at, url: "https://shop.example/" }] },
    ]);
  });

  expect(walked.map(({ id }) => id)).toEqual(ids.toReversed());
  const top = await page({ limit: arrived });
  expect(top.items.every(({ id }) => !ids.includes(id))).toBe(true);
});

test("a rare kind of event is found far down, though most of the log is passed over", async () => {
  site = await createSite(database.db);
  const early = NOW - 40 * 86_400_000;
  const rare = eventId(early);
  await database.db.execute(sql`
    insert into site.events (site_id, event_id, occurred_at, received_at, type, opens, flags)
    select ${site.siteId}::int, case when i = 0 then ${rare}::uuid else
        (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(i), 15, '0'))::uuid end,
      t, t, case when i = 0 then 6 else 3 end, 0, 0
    from generate_series(0, 12000) as i, lateral (select to_timestamp(${early / 1_000}::float8 + i * 60) as t) x`);

  const { items, next } = await page({ type: "refund", limit: 5 });
  expect(items.map(({ id }) => id)).toEqual([rare]);
  expect(next).toBeNull();
});
