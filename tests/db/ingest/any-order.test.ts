// @module-tag long
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { IngestMessage, MessageEvent } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { siteDay } from "#core/time/site-day.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { keyPrincipal } from "#tests/db/visitors/key-principal.ts";
import { eraseVisitor } from "#usecases/visitors/erase-visitor.ts";
import { mergeStaleSpans } from "#usecases/rollups/merge-stale-spans.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { inputs } from "#tests/support/inputs.ts";

const MINUTE = 60_000;
const DAY_MS = 86_400_000;
/** Some hours after a midnight, so that a visit, its order and its refund lie on different days; week and month are over. */
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS - 40 * DAY_MS + 2 * 60 * MINUTE;
const RUNS = inputs(12, 200);
/** Of the sites that `createSite` makes. */
const ZONE = "Europe/Berlin";
const SHOP = "https://shop.example/";
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

type Who = { visitor: string | null; previousVisitor?: string };
type Sent = Who & { via: "pixel" | "api"; event: MessageEvent };

const visitors = [visitorId(), visitorId(), visitorId()];
const persons = [visitorId(), visitorId()];
/** A cookieless visitor's hashes before and after a midnight; for half an hour collect tells both. */
const [yesterday, today] = [visitorId(), visitorId()];
const MIDNIGHT_MINUTES = 300;
const OVERLAP_MINUTES = 30;
const pages = [
  `${SHOP}`,
  `${SHOP}?utm_source=news&utm_medium=email&utm_campaign=spring`,
  `${SHOP}?utm_source=google&utm_medium=cpc&utm_campaign=brand`,
  `${SHOP}?gclid=x`,
  `${SHOP}?gclid=x&coupon=pod10`,
  `${SHOP}?promo=pod10`,
  `${SHOP}?promo=nobodys`,
];
const referrers = [undefined, SHOP, "https://www.google.com/", "https://www.paypal.com/"];

/** Minutes before now: dense enough that stretches touch, split and bridge, and some share a millisecond. */
const minutes = fc.integer({ min: 0, max: 600 });
const visitor = fc.constantFrom("night", ...visitors);

const pageview = fc.record({
  visitor,
  minutes,
  url: fc.constantFrom(...pages),
  referrer: fc.constantFrom(...referrers),
});
/** Absent: the site's, or the order's. */
const currency = fc.constantFrom(undefined, undefined, "JPY", "USD");
const order = fc.record({
  visitor,
  minutes,
  orderId: fc.constantFrom("A-1", "A-2", "A-3", undefined),
  value: fc.integer({ min: 0, max: 99_999 }),
  currency,
  via: fc.constantFrom("pixel" as const, "api" as const),
  promoCode: fc.constantFrom(undefined, "POD10", "OTHER"),
});
const refund = fc.record({
  minutes,
  orderId: fc.constantFrom("A-1", "A-2"),
  /** Names one of the conversions by its id instead. */
  copy: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  value: fc.option(fc.integer({ min: 1, max: 50_000 }), { nil: undefined }),
  currency,
});
const touch = fc.record({ visitor, minutes, campaign: fc.constantFrom("spring", "brand") });
const identify = fc.record({ visitor, minutes, person: fc.constantFrom(...persons) });

const day = fc.tuple(
  fc.array(pageview, { minLength: 4, maxLength: 25 }),
  fc.array(order, { maxLength: 6 }),
  fc.array(refund, { maxLength: 3 }),
  fc.array(touch, { maxLength: 4 }),
  fc.array(identify, { maxLength: 4 }),
);
/** How a day arrives: in which order, cut where, and which bodies come twice. */
const arrival = fc.record({
  seed: fc.integer(),
  bodySize: fc.integer({ min: 1, max: 6 }),
  twice: fc.integer({ min: 0, max: 3 }),
  /** Who is erased when all has arrived; all of it is delivered once more afterwards. */
  erased: fc.option(fc.constantFrom(today, ...visitors), { nil: undefined }),
});

type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

/** Under which hash somebody comes so many minutes before now. */
function whoIs(name: string, minutesAgo: number): Who {
  if (name !== "night") return { visitor: name };
  if (minutesAgo > MIDNIGHT_MINUTES) return { visitor: yesterday };
  const isOverlap = minutesAgo > MIDNIGHT_MINUTES - OVERLAP_MINUTES;
  return isOverlap ? { visitor: today, previousVisitor: yesterday } : { visitor: today };
}

function eventsOf([views, orders, refunds, touches, keys]: Day): Sent[] {
  const stamp = (minutesAgo: number) => {
    const at = NOW - minutesAgo * MINUTE;
    return { id: eventId(at), at };
  };
  const money = (minor: number) => (minor / 100).toFixed(2);
  const sold = orders.map(({ minutes: ago }) => stamp(ago));
  return [
    ...views.map((view): Sent => {
      const { url, referrer } = view;
      const event = { ...stamp(view.minutes), type: "pageview", url, ...(referrer && { referrer }) } as const;
      return { via: "pixel", ...whoIs(view.visitor, view.minutes), event };
    }),
    ...orders.map(({ via, visitor: buyer, minutes: ago, orderId, value, promoCode, ...paid }, i): Sent => {
      const conversion = {
        value: money(value),
        ...(paid.currency && { currency: paid.currency }),
        ...(orderId && { orderId }),
        ...(promoCode && { promoCode }),
      };
      const url = via === "pixel" ? { url: `${SHOP}thanks` } : {};
      return {
        via,
        ...(via === "pixel" ? whoIs(buyer, ago) : { visitor: null }),
        event: { ...(sold[i] ?? stamp(0)), type: "conversion", ...url, conversion },
      };
    }),
    ...refunds.map(({ minutes: ago, orderId, copy, value, ...paid }): Sent => {
      const named = copy === undefined ? undefined : sold[copy]?.id;
      const body = {
        ...(named === undefined ? { orderId } : { conversionId: named }),
        ...(value === undefined ? {} : { value: money(value) }),
        ...(paid.currency && { currency: paid.currency }),
      };
      return { via: "api", visitor: null, event: { ...stamp(ago), type: "refund", refund: body } };
    }),
    ...touches.map(({ visitor: who, minutes: ago, campaign }): Sent => {
      const { visitor: named } = whoIs(who, ago);
      return { via: "api", visitor: named, event: { ...stamp(ago), type: "click", campaign } };
    }),
    ...keys.map(({ visitor: who, minutes: ago, person }): Sent => {
      const event = { ...stamp(ago), type: "identify", customerHash: person } as const;
      return { via: "pixel", ...whoIs(who, ago), event };
    }),
  ];
}

/** A shuffle that the seed decides alone. */
function shuffled<T>(entries: readonly T[], seed: number): T[] {
  let state = seed >>> 0;
  const keyed = entries.map((entry) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { entry, key: state };
  });
  return keyed.toSorted((a, b) => a.key - b.key).map(({ entry }) => entry);
}

function bodiesOf(site: TestSite, sent: readonly Sent[], bodySize: number): IngestMessage[] {
  const bodies: IngestMessage[] = [];
  for (const { via, event, ...who } of sent) {
    const last = bodies.at(-1);
    const isSame = last?.visitor === who.visitor && last.previousVisitor === who.previousVisitor;
    if (last && isSame && last.via === via && last.events.length < bodySize) {
      last.events.push(event);
      last.received += 1;
    } else {
      bodies.push(ingestMessage({ siteId: site.siteId, via, ...who, receivedAt: NOW, events: [event] }));
    }
  }
  return bodies;
}

async function ingest(messages: readonly IngestMessage[]): Promise<void> {
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
}

/** Erases a visitor, who may not have come at all; what is delivered again then brings nothing of them back. */
async function eraseAndRepeat(site: TestSite, visitor: string, bodies: readonly IngestMessage[]) {
  const clock = { now: () => new Date(NOW) };
  const databases = { named: () => db, names: () => ["main"] };
  await eraseVisitor(
    { databases, clock },
    { principal: keyPrincipal(site), site: { ...site, database: "main" }, visitorId: visitor },
  );
  await ingest(bodies.map((body) => ({ ...body, receiptId: eventId(NOW) })));
}

/** Everything that is derived, without what differs between two sites. */
async function derivedOf({ siteId }: TestSite, base: number) {
  const { rows } = await db.execute(sql`
    select 'session' as kind, s.session_id::text as id, s.visitor_id::text as who, s.started_at::text as at,
      concat_ws('|', s.ended_at, d.fingerprint, s.opens, s.pageviews, s.events) as facts
    from site.sessions s left join site.sources d on d.id = s.source_id where s.site_id = ${siteId}
    union all
    select 'touchpoint', t.touchpoint_id::text, t.visitor_id::text, t.at::text, concat_ws('|', t.rank, d.fingerprint)
    from site.touchpoints t join site.sources d on d.id = t.source_id where t.site_id = ${siteId}
    union all
    select 'conversion', conversion_id::text, visitor_id::text, at::text,
      concat_ws('|', value_minor, currency, order_id, array_to_string(promo_codes, ','), copies)
    from site.conversions where site_id = ${siteId}
    union all
    select 'refund', refund_id::text, conversion_id::text, at::text, concat_ws('|', currency, before_minor, after_minor)
    from site.refund_effects where site_id = ${siteId}
    union all
    select 'link', event_id::text, visitor_id::text, since::text, person_id::text
    from site.identity_links where site_id = ${siteId}
    union all
    select 'midnight', visitor_id::text, previous_visitor_id::text, running_from::text, ''
    from site.visitor_aliases where site_id = ${siteId}
    union all
    select 'hour', scope, case when scope = 'campaign' then (scope_key::int - ${base})::text else scope_key end,
      bucket::text, concat_ws('|', dimension, value, currency, impressions, clicks, pageviews, sessions, visitors,
        conversions, revenue_minor, refund_minor)
    from site.rollup_hours where site_id = ${siteId}
    order by 1, 2, 3, 4, 5`);
  return { rows, periods: await periodsOf(siteId, base), credit: await creditOf(siteId, base) };
}

/** Days, weeks and months by every dimension, value by value; how much a sketch holds says whether it counts the same. */
async function periodsOf(siteId: number, base: number) {
  const { rows } = await db.execute(sql`
    select p.span, p.starts_on::text as starts_on, p.scope, p.dimension, p.currency,
      case p.scope when 'campaign' then (p.scope_key::int - ${base})::text else p.scope_key end as scope_key,
      case when v.entry = '' then '' when p.dimension = 'campaign' then (v.entry::int - ${base})::text
        when p.dimension = 'landing_page' then (select g.host || g.path from site.pages g where g.id = v.entry::int)
        else v.entry end as entry,
      v.impressions, v.clicks, v.pageviews, v.sessions, v.visitors, v.conversions, v.revenue, v.refunds,
      octet_length(p.sketches) as sketch_bytes
    from site.rollup_periods p
    cross join unnest(p.entries, p.impressions, p.clicks, p.pageviews, p.sessions, p.visitors, p.conversions,
      p.revenue_minor, p.refund_minor)
      as v (entry, impressions, clicks, pageviews, sessions, visitors, conversions, revenue, refunds)
    where p.site_id = ${siteId}
    order by 1, 2, 3, 4, 5, 6, 7`);
  return rows;
}

async function creditOf(siteId: number, base: number) {
  const question = { siteId, from: siteDay(NOW - 2 * DAY_MS, ZONE), to: siteDay(NOW, ZONE) };
  const { rows } = await db.execute(creditRows({ ...question, lookbackDays: 1, direct: "keep" }));
  return readCreditRows(rows).map((row) => ({
    ...row,
    campaignId: row.campaignId === null ? null : row.campaignId - base,
  }));
}

async function rollUp(): Promise<void> {
  await rollUpStaleHours({ db });
  await mergeStaleSpans({ db }, { settleSeconds: 0 });
}

/** Two consumers at once, and again when all is rolled up: what the second half changes has to be found. */
async function ingestInDisorder(bodies: readonly IngestMessage[]): Promise<void> {
  const middle = Math.ceil(bodies.length / 2);
  for (const half of [bodies.slice(0, middle), bodies.slice(middle)]) {
    const consumers = [half.filter((_, i) => i % 2 === 0), half.filter((_, i) => i % 2 === 1)];
    await Promise.all(
      consumers.map(async (bodiesOfOne) => {
        for (let i = 0; i < bodiesOfOne.length; i += 3) await ingest(bodiesOfOne.slice(i, i + 3));
      }),
    );
    await rollUp();
  }
}

it("derives the same whatever order, batches, repeats and two consumers at once bring the events", async () => {
  await fc.assert(
    fc.asyncProperty(day, arrival, async (given, { seed, bodySize, twice, erased }) => {
      const sent = eventsOf(given);
      const results = [];
      for (const isOrderly of [true, false]) {
        const site = await createSite(db);
        const base = await createCampaign(db, site, { name: "spring" });
        await createCampaign(db, site, { name: "brand", matchers: [{ kind: "promo_code", value: "pod10" }] });
        const bodies = isOrderly ? bodiesOf(site, sent, 50) : bodiesOf(site, shuffled(sent, seed), bodySize);
        if (isOrderly) await ingest(bodies);
        else await ingestInDisorder(shuffled([...bodies, ...bodies.slice(0, twice)], seed + 1));
        if (erased !== undefined) await eraseAndRepeat(site, erased, bodies);
        await rollUp();
        results.push(await derivedOf(site, base));
      }
      expect(results[1]).toEqual(results[0]);
      expect(new Set(results[0]?.periods.map(({ span }) => span))).toEqual(new Set(["day", "week", "month"]));
    }),
    { numRuns: RUNS },
  );
}, 600_000);
