import { sql } from "drizzle-orm";
import fc from "fast-check";

import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { upsertRates } from "#db/queries/spend/rate-rows.ts";
import { systemIds } from "#platform/ids.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleDays } from "#usecases/rollups/roll-up-stale-days.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

export const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
/** Yesterday at noon: which day an hour lies in must not depend on when the test runs. */
export const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS - 12 * HOUR;
export const RANGE = { from: siteDay(NOW - 8 * DAY_MS, ZONE), to: siteDay(NOW, ZONE) };

const cents = fc.integer({ min: 1, max: 99_999 });
const currency = fc.constantFrom("EUR", "EUR", "USD", "GBP");

const order = fc.record({ cents, currency, refund: fc.constantFrom(null, null, "part", "full") });
/** -1: a search, which is no campaign's. */
const touch = fc.integer({ min: -1, max: 3 });
const visit = fc.record({
  daysAgo: fc.integer({ min: 1, max: 6 }),
  touches: fc.array(touch, { maxLength: 4 }),
  orders: fc.array(order, { maxLength: 2 }),
});
const spend = fc.record({
  campaign: fc.integer({ min: 0, max: 3 }),
  daysAgo: fc.integer({ min: 0, max: 7 }),
  cents: fc.integer({ min: 0, max: 20_000 }),
  currency: fc.constantFrom("EUR", "EUR", "USD"),
});
const reach = fc.record({
  campaign: fc.integer({ min: 0, max: 3 }),
  daysAgo: fc.integer({ min: 0, max: 7 }),
  type: fc.constantFrom("impression" as const, "click" as const),
});

/** What is done on a site; campaigns beyond those there are wrap around. */
export const siteStory = fc.record({
  campaigns: fc.integer({ min: 1, max: 4 }),
  visits: fc.array(visit, { minLength: 0, maxLength: 12 }),
  spend: fc.array(spend, { maxLength: 5 }),
  reach: fc.array(reach, { maxLength: 6 }),
});
export const accountStory = fc.record({
  sites: fc.array(fc.tuple(siteStory, fc.constantFrom("EUR", "EUR", "USD")), { minLength: 1, maxLength: 2 }),
  /** Units of USD for a euro; null: nobody said. GBP never has one. */
  rate: fc.constantFrom(null, "1.0843", "1.25"),
});

export type StoryOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

export type ToldSite = TestSite & {
  name: string;
  currency: string;
  campaigns: { id: number; name: string; publicId: string }[];
};

/** What happened on a site, its currency, and its zone where it is another one than `ZONE`. */
export type TellableSite = [story: StoryOf<typeof siteStory>, currency: string, timeZone?: string];
export type TellableAccount = { sites: TellableSite[]; rate: string | null };

/** Makes an account with what happened on its sites, all rolled up. */
export async function tellAccount(
  db: Database,
  { sites, rate }: TellableAccount,
): Promise<{ accountId: number; sites: ToldSite[] }> {
  const told: ToldSite[] = [];
  for (const [index, [story, home, timeZone = ZONE]] of sites.entries()) {
    const site = await createSite(db, { timeZone, currency: home });
    const [first] = told;
    const name = `Shop ${index + 1}`;
    const accountId = first?.accountId ?? site.accountId;
    await db.execute(
      sql`update site.sites set account_id = ${accountId}, name = ${name} where id = ${site.siteId}`,
    );
    const campaigns = await makeCampaigns(db, site, story.campaigns);
    const shop = { ...site, accountId, name, currency: home, campaigns };
    if (first === undefined && rate !== null) await setRate(db, accountId, rate);
    told.push(shop);
    await tellSite(db, shop, story);
  }
  await rollUpAll(db);
  const [first] = told;
  return { accountId: first?.accountId ?? 0, sites: told };
}

export async function rollUpAll(db: Database): Promise<void> {
  await rollUpStaleHours({ db });
  await rollUpStaleDays({ db });
}

/** Of each day of the range and before. */
export async function setRate(db: Database, accountId: number, rate: string): Promise<void> {
  const rates = Array.from({ length: 60 }, (_, n) => ({
    currency: "USD",
    day: addDays(RANGE.to, -n),
    rate,
    source: "test",
  }));
  await upsertRates(db, { accountId, at: new Date(NOW), rates });
}

async function makeCampaigns(db: Database, site: TestSite, count: number): Promise<ToldSite["campaigns"]> {
  const campaigns: ToldSite["campaigns"] = [];
  for (let n = 0; n < count; n += 1) {
    const name = `camp${n}x${site.siteId}`;
    const id = await createCampaign(db, site, { name });
    const { rows } = await db.execute<{ public_id: string }>(
      sql`select public_id from site.campaigns where id = ${id}`,
    );
    campaigns.push({ id, name, publicId: rows[0]?.public_id ?? "" });
  }
  return campaigns;
}

/** Adds what happened to a site. */
export async function tellSite(
  db: Database,
  shop: ToldSite,
  { visits, spend: paid, reach: reached }: StoryOf<typeof siteStory>,
): Promise<void> {
  const nameOf = (index: number) => shop.campaigns[index % shop.campaigns.length]?.name ?? "";
  const messages = visits.flatMap((one, n) => visitMessages(shop, one, { n, nameOf }));
  const seen = reached.map(({ campaign, daysAgo, type }, n) => ({
    type,
    at: NOW - daysAgo * DAY_MS - n * 60_000,
    campaign: nameOf(campaign),
  }));
  if (seen.length > 0)
    messages.push(ingestMessage({ siteId: shop.siteId, via: "api", receivedAt: NOW, events: seen }));
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
  for (const [n, { campaign, daysAgo, cents: minor, currency: of }] of paid.entries()) {
    const target = shop.campaigns[campaign % shop.campaigns.length];
    const day = addDays(RANGE.to, -daysAgo);
    await db.execute(sql`
      insert into site.spend (site_id, campaign_id, day, source, amount_minor, currency, updated_at)
      values (${shop.siteId}, ${target?.id ?? 0}, ${day}::date, ${`s${n}`}, ${minor}, ${of}, now())
      on conflict do nothing`);
  }
  if (paid.length > 0)
    await db.execute(sql`update site.sites set spend_version = spend_version + 1 where id = ${shop.siteId}`);
}

type Telling = { n: number; nameOf: (index: number) => string };

/** Contacts hours apart, the last one a minute before the order; who has none orders at the till. */
function visitMessages(
  { siteId }: ToldSite,
  { daysAgo, touches, orders }: StoryOf<typeof visit>,
  { n, nameOf }: Telling,
) {
  const at = NOW - daysAgo * DAY_MS - n * 7 * 60_000;
  const url = "https://shop.example/";
  const pageviews = touches.map((index, i) => ({
    type: "pageview" as const,
    at: i === touches.length - 1 ? at - 60_000 : at - (touches.length - i) * 3 * HOUR,
    ...(index === -1
      ? { url, referrer: "https://www.google.com/" }
      : { url: `${url}?utm_source=n&utm_medium=email&utm_campaign=${nameOf(index)}` }),
  }));
  const bought = orders.map((one, i) => ({
    ...one,
    orderId: `${siteId}-${systemIds.word(10)}`,
    at: at + i * 120_000,
  }));
  const conversions = bought.map(({ cents: minor, currency: of, orderId, at: when }) => ({
    type: "conversion" as const,
    at: when,
    url,
    conversion: { value: amount(minor), currency: of, orderId },
  }));
  const refunds = bought.flatMap(({ cents: minor, refund, orderId, at: when }) => {
    if (refund === null) return [];
    const value = refund === "part" ? { value: amount(Math.ceil(minor / 3)) } : {};
    return [{ type: "refund" as const, at: when + 5 * HOUR, refund: { orderId, ...value } }];
  });
  const isTill = touches.length === 0;
  const own = [...pageviews, ...conversions];
  return [
    ...(own.length === 0
      ? []
      : [
          ingestMessage({
            siteId,
            receivedAt: NOW,
            events: own,
            ...(isTill ? { via: "api" as const } : { visitor: visitorId() }),
          }),
        ]),
    ...(refunds.length === 0
      ? []
      : [ingestMessage({ siteId, via: "api", receivedAt: NOW, events: refunds })]),
  ];
}

function amount(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
}
