import { beforeAll, beforeEach, expect, test } from "vitest";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import { archiveLink } from "#usecases/links/archive-link.ts";
import { createLink } from "#usecases/links/create-link.ts";
import { getLinkFigures } from "#usecases/links/get-link-figures.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { mergeStaleSpans } from "#usecases/rollups/merge-stale-spans.ts";
import { rollUpStaleDays } from "#usecases/rollups/roll-up-stale-days.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import {
  keyPrincipal,
  siteRef,
  testDeps,
  valueOf,
  type TestDeps,
} from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";

/** Noon of a day of a month, so many months before this one: Postgres has partitions for about the last year. */
function noon(monthsAgo: number, day: number): number {
  const today = new Date();
  return Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - monthsAgo, day, 12);
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = noon(1, 20);
const TODAY = siteDay(NOW, "Europe/Berlin");
/** In a month that is over by then, further back than anything else that happens. */
const EARLIER = noon(3, 15);
const EARLIER_DAY = siteDay(EARLIER, "Europe/Berlin");
const EARLIER_MONTH = {
  from: addDays(EARLIER_DAY, -14),
  to: addDays(siteDay(noon(2, 1), "Europe/Berlin"), -1),
};

let database: TestDatabase;
let site: TestSite;
let deps: TestDeps;
let slugs: Record<"podcast" | "letter" | "unused", string>;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  deps = testDeps(database.db);
  slugs = { podcast: await make("podcast"), letter: await make("letter"), unused: await make("unused") };
});

const asker = () => ({ site: siteRef(site), principal: keyPrincipal(site) });

async function make(name: string, campaignId?: string): Promise<string> {
  const slug = `${name}-${site.siteId}`;
  const request = { destination: "https://shop.example/", slug, ...(campaignId && { campaignId }) };
  return valueOf(await createLink(deps, { ...asker(), request })).slug;
}

async function tell(...messages: IngestMessage[]): Promise<void> {
  const { db } = database;
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
  await rollUpStaleHours({ db });
  await rollUpStaleDays({ db });
}

const click = (slug: string, at: number, id = eventId(at)) =>
  ingestMessage({ siteId: site.siteId, via: "redirect", events: [{ type: "click", at, id, slug }] });

/** A visit of two pages by a link, in which something is bought. */
function visit({ slug, at, value }: { slug: string; at: number; value: string }): IngestMessage[] {
  const id = eventId(at);
  const url = `https://shop.example/?wm_click=${slug}.${id}`;
  const order = { value, orderId: `${slug}-${at}` };
  const events = [
    { type: "pageview", at: at + 1_000, url },
    { type: "pageview", at: at + MINUTE, url: "https://shop.example/cart" },
    { type: "conversion", at: at + 2 * MINUTE, url: "https://shop.example/thanks", conversion: order },
  ] as const;
  return [
    click(slug, at, id),
    ingestMessage({ siteId: site.siteId, visitor: visitorId(), events: [...events] }),
  ];
}

const refund = (orderId: string, at: number, value: string) =>
  ingestMessage({
    siteId: site.siteId,
    via: "api",
    events: [{ type: "refund", at, refund: { orderId, value } }],
  });

type Asked = { from?: string; to?: string; campaignId?: string; limit?: number };

async function ask({ from = addDays(TODAY, -60), to = TODAY, campaignId, limit }: Asked = {}) {
  return await getLinkFigures(deps, { site: siteRef(site), from, to, campaignId, limit, afterId: null });
}

const bySlug = async (asked?: Asked) =>
  Object.fromEntries(valueOf(await ask(asked)).items.map(({ slug, figures }) => [slug, figures]));

const NONE = {
  clicks: 0,
  sessions: 0,
  pageviews: 0,
  visitors: 0,
  visitorsMargin: null,
  conversions: 0,
  revenueMinor: 0,
  refundMinor: 0,
};

test("a link has its clicks, its visits and what was sold in them, and nothing of another one's", async () => {
  const at = NOW - DAY;
  const twice = click(slugs.letter, at + 5 * MINUTE);
  await tell(
    ...visit({ slug: slugs.podcast, at, value: "49.90" }),
    ...visit({ slug: slugs.podcast, at: at + 10 * MINUTE, value: "20.00" }),
    twice,
    twice,
    click(slugs.letter, at + 6 * MINUTE),
    ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      events: [{ type: "pageview", at, url: "https://shop.example/" }],
    }),
  );
  await tell(refund(`${slugs.podcast}-${at}`, NOW - 60 * MINUTE, "9.90"));

  expect(await bySlug()).toEqual({
    [slugs.podcast]: {
      ...NONE,
      clicks: 2,
      sessions: 2,
      pageviews: 4,
      visitors: 2,
      conversions: 2,
      revenueMinor: 6_000,
      refundMinor: 990,
    },
    [slugs.letter]: { ...NONE, clicks: 2 },
    [slugs.unused]: NONE,
  });
});

test("the days of the range count, and the days of a month that is put together are the same", async () => {
  await tell(
    ...visit({ slug: slugs.podcast, at: EARLIER, value: "10.00" }),
    click(slugs.podcast, EARLIER + 3 * DAY),
    click(slugs.podcast, NOW - DAY),
  );
  const months = { from: EARLIER_MONTH.from, to: TODAY };
  const byDay = await bySlug(months);
  const { periods } = await mergeStaleSpans({ db: database.db }, { settleSeconds: 0 });
  expect(periods).toBeGreaterThan(0);

  expect(await bySlug(months)).toEqual(byDay);
  expect(byDay[slugs.podcast]).toMatchObject({ clicks: 3, sessions: 1, conversions: 1, revenueMinor: 1_000 });
  const [first, last] = [await bySlug({ from: EARLIER_DAY, to: EARLIER_DAY }), await bySlug({ from: TODAY })];
  expect(first[slugs.podcast]).toMatchObject({ clicks: 1, conversions: 1 });
  expect(last[slugs.podcast]).toEqual(NONE);
});

test("a campaign's links are asked for alone, page by page, and what is archived is left out", async () => {
  const campaignId = await createCampaign(database.db, site, { name: "Spring" });
  const { rows } = await database.db.execute<{ id: string }>(
    `select public_id as id from site.campaigns where id = ${campaignId}`,
  );
  const spring = await make("spring", rows[0]?.id);
  await tell(click(spring, NOW - DAY), click(slugs.unused, NOW - DAY));
  const archived = valueOf(await ask({})).items.find(({ slug }) => slug === slugs.unused);
  valueOf(await archiveLink(deps, { ...asker(), linkId: archived?.linkId ?? "" }));

  expect(await bySlug({ campaignId: rows[0]?.id ?? "" })).toEqual({ [spring]: { ...NONE, clicks: 1 } });
  const page = valueOf(await ask({ limit: 1 }));
  expect([page.items.map(({ slug }) => slug), page.next]).toEqual([[spring], [expect.any(Number)]]);
  expect(Object.keys(await bySlug())).toEqual([spring, slugs.letter, slugs.podcast]);
});

test("a range that is none, and another site's campaign, are refused", async () => {
  expect(await ask({ from: TODAY, to: addDays(TODAY, -1) })).toEqual({
    ok: false,
    error: { kind: "invalid_range" },
  });
  expect(await ask({ campaignId: "cmp_elsewhere" })).toEqual({
    ok: false,
    error: { kind: "unknown_campaign", campaignId: "cmp_elsewhere" },
  });
});

test("where more links are in use than are kept apart, one that is not among them is not told to be unused", async () => {
  const at = NOW - DAY;
  const many = Array.from({ length: 1_001 }, (_, n) =>
    click(`aa-many-${String(n).padStart(4, "0")}`, at + n),
  );
  await tell(...many, click(slugs.letter, at), click(slugs.letter, at + 1));

  const { [slugs.letter]: kept, [slugs.unused]: unused } = await bySlug();
  expect(kept).toEqual({ ...NONE, clicks: 2 });
  expect(unused).toBeNull();
});

test("nor where they are more in a month that is put together, though on none of its days", async () => {
  const many = (day: number) =>
    Array.from({ length: 600 }, (_, n) =>
      click(`aa-${day}-${String(n).padStart(3, "0")}`, EARLIER + day * DAY + n),
    );
  await tell(...many(0), ...many(1));
  const unused = async () => (await bySlug(EARLIER_MONTH))[slugs.unused];
  expect(await unused()).toEqual(NONE);
  await mergeStaleSpans({ db: database.db }, { settleSeconds: 0 });
  expect(await unused()).toBeNull();
});

test("a day that was counted before links were is counted anew, once, and its month with it", async () => {
  const { db } = database;
  await tell(click(slugs.podcast, EARLIER), click(slugs.podcast, NOW - DAY));
  const days = { from: EARLIER_MONTH.from, to: TODAY };
  const told = await bySlug(days);
  const asOf = new Date(NOW - 25 * 60 * MINUTE).toISOString();
  await mergeStaleSpans({ db }, { settleSeconds: 0 });
  await db.execute("delete from site.rollup_periods where dimension = 'link'");
  await db.execute(
    `insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
     select distinct site_id, 'links', starts_on, 1, '${asOf}'::timestamptz from site.rollup_periods
     where site_id = ${site.siteId} and span = 'day'`,
  );
  // What was put together before its days are counted would be put together twice.
  expect(await mergeStaleSpans({ db }, { settleSeconds: 0 })).toMatchObject({ periods: 0 });

  expect(valueOf(await ask(days)).asOf).toBe(asOf);

  expect(await rollUpStaleDays({ db })).toEqual({ days: 2 });
  await mergeStaleSpans({ db }, { settleSeconds: 0 });
  expect(await bySlug(days)).toEqual(told);
  expect(told[slugs.podcast]).toMatchObject({ clicks: 2 });
  expect(await rollUpStaleDays({ db })).toEqual({ days: 0 });
});
