// @module-tag long
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { detachMonth, expireDetached, listEventMonths } from "#db/queries/maintenance/event-months.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { getLedger } from "#usecases/ledger/get-ledger.ts";
import { expireEvents } from "#usecases/maintenance/expire-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { rematchSources } from "#usecases/sources/rematch-sources.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.now();
const MONTHS = 25;
/** The beginning of the UTC month so many months before this one. */
function monthBegin(months: number): number {
  const now = new Date(NOW);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1);
}

/** What is kept begins here; the month before it is the youngest that goes. */
const KEPT = monthBegin(MONTHS);
const OLD = KEPT - 10 * DAY;
const url = "https://shop.example/?utm_campaign=spring&utm_source=news&utm_medium=email";

/** A database is sealed once a month, all its sites together: each test has one of its own. */
let db: Database;
beforeEach(async () => {
  ({ db } = await createDatabase());
  for (const months of [13, 26]) {
    const moment = new Date(monthBegin(months)).toISOString();
    await db.execute(sql`select site.ensure_event_partitions(${moment}::timestamptz)`);
  }
});

const databases = { named: () => db, names: () => ["main"] };
const clockAt = (ms: number) => ({ now: () => new Date(ms) });

const depsAt = (ms: number) => ({ databases, clock: clockAt(ms), log: () => undefined });

async function ingest(...messages: IngestMessage[]) {
  const at = Math.max(...messages.map(({ receivedAt }) => receivedAt));
  return await ingestEvents({ db, clock: clockAt(at), sites: new Map() }, messages);
}

/** A visit that buys, at this time, by a visitor whose device made its ids at another time. */
function visit(site: TestSite, at: number, { order, idAt = at }: { order: string; idAt?: number }) {
  return ingestMessage({
    siteId: site.siteId,
    visitor: visitorId(),
    receivedAt: at + 5_000,
    events: [
      { id: eventId(idAt), type: "pageview", at, url },
      {
        id: eventId(idAt + 1),
        type: "conversion",
        at: at + 1_000,
        url: "https://shop.example/done",
        conversion: { value: "12.34", orderId: order },
      },
    ],
  });
}

/** Seals, and when ingest has heard of it, closes and drops. */
async function retain(): Promise<number> {
  await expireEvents(depsAt(NOW));
  return (await expireEvents(depsAt(NOW + 15 * 60_000))).expired;
}

async function rollups(site: TestSite) {
  const { rows } = await db.execute(sql`
    select * from site.rollup_hours where site_id = ${site.siteId} and bucket < to_timestamp(${KEPT / 1000})
    order by bucket, scope, scope_key, dimension, value, currency`);
  const days = await db.execute(sql`
    select starts_on::text, scope, scope_key, dimension, currency, entries, pageviews, sessions, visitors, conversions,
      revenue_minor, refund_minor, encode(sketches, 'hex') as sketches
    from site.rollup_periods
    where site_id = ${site.siteId} and span = 'day' and starts_on < to_timestamp(${KEPT / 1000})::date
    order by 1, 2, 3, 4, 5`);
  return [...rows, ...days.rows];
}

async function figures(site: TestSite) {
  const answer = await getSiteAnalytics(
    { databases, clock: clockAt(NOW) },
    {
      site: { siteId: site.siteId, publicId: site.publicId, database: "main" },
      from: new Date(KEPT - 20 * DAY).toISOString().slice(0, 10),
      to: new Date(KEPT - 2 * DAY).toISOString().slice(0, 10),
      compare: "none",
      model: "linear",
      lookbackDays: 30,
      direct: "keep",
    },
  );
  if (!answer.ok) throw new Error(answer.error.kind);
  const { basis: _, ...shown } = answer.value;
  return shown;
}

/** The sum of all receipts, what is there, and what is noted as expired. */
async function accounts(site: TestSite) {
  const { rows } = await db.execute<{ stored: number; present: number; expired: number }>(sql`
    select (select coalesce(sum(stored), 0)::int from site.ledger_entries where site_id = ${site.siteId}) as stored,
      (select count(*)::int from site.events where site_id = ${site.siteId}) as present,
      (select coalesce(sum(events), 0)::int from site.expired_events where site_id = ${site.siteId}) as expired`);
  return rows[0];
}

describe("raw events older than the retention", () => {
  it("stay until the short links of their days are counted", async () => {
    const site = await createSite(db);
    const click = { type: "click" as const, at: OLD, id: eventId(OLD), slug: "poster" };
    await ingest(
      ingestMessage({ siteId: site.siteId, via: "redirect", receivedAt: OLD + 5_000, events: [click] }),
    );
    await rollUpStaleHours({ db });
    // As the version before leaves them, whose days know of no links.
    const rolled = sql`site_id = ${site.siteId} and span = 'day'`;
    await db.execute(sql`delete from site.rollup_periods where ${rolled} and dimension = 'link'`);
    await db.execute(sql`insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
      select distinct site_id, 'links', starts_on, 1, now() from site.rollup_periods where ${rolled}`);

    expect(await retain()).toBeGreaterThan(0);

    const counted = await db.execute(sql`
      select entries, clicks from site.rollup_periods where ${rolled} and dimension = 'link'`);
    expect(counted.rows).toEqual([{ entries: ["poster"], clicks: [1] }]);
  });

  it("go by whole months, are counted, and leave every rollup and figure as it was, to the cent", async () => {
    const site = await createSite(db);
    await createCampaign(db, site, { name: "Spring" });
    await ingest(visit(site, OLD, { order: "a" }), visit(site, OLD + HOUR, { order: "b" }));
    // A device whose clock was 300 days behind: its ids lie in a month that goes, its visit does not.
    await ingest(visit(site, OLD + 300 * DAY, { order: "c", idAt: OLD }));
    await ingest(visit(site, KEPT + 5 * DAY, { order: "d" }));
    await rollUpStaleHours({ db });
    // One more, late: its hour is stale when the site is sealed, and must be rolled up before its events go.
    await ingest(visit(site, OLD + 2 * HOUR, { order: "e" }));
    const copy = await createSite(db);
    await createCampaign(db, copy, { name: "Spring" });
    await ingest(visit(copy, OLD + 2 * HOUR, { order: "e" }));
    await db.execute(sql`delete from site.stale_hours where site_id = ${site.siteId}`);
    const [{ bucket } = { bucket: "" }] = (
      await db.execute<{ bucket: string }>(
        sql`select bucket::text from site.stale_hours where site_id = ${copy.siteId}`,
      )
    ).rows;
    await db.execute(sql`insert into site.stale_hours (site_id, bucket, version, marked_at)
      values (${site.siteId}, ${bucket}::timestamptz, 1, now())`);

    expect(await retain()).toBeGreaterThanOrEqual(6);
    const before = { rollups: await rollups(site), figures: await figures(site) };

    const { rows } = await db.execute(sql`
      select (select count(*)::int from site.events where site_id = ${site.siteId}) as events,
        (select count(*)::int from site.events
         where site_id = ${site.siteId} and event_id < site.uuid7_floor(to_timestamp(${KEPT / 1000}))) as "strays",
        (select sum(conversions)::int from site.rollup_hours
         where site_id = ${site.siteId} and scope = 'site' and currency = 'EUR') as conversions,
        (select sum(revenue_minor)::int from site.rollup_hours
         where site_id = ${site.siteId} and scope = 'site' and currency = 'EUR') as revenue`);
    expect(rows).toEqual([{ events: 4, strays: 2, conversions: 5, revenue: 5 * 1234 }]);
    expect(await accounts(site)).toEqual({ stored: 10, present: 4, expired: 6 });
    expect(before.figures.kpis).toMatchObject({ conversions: 3 });

    // Whatever would have an hour rolled up again cannot reach it.
    await db.execute(sql`insert into site.stale_hours (site_id, bucket, version, marked_at)
      select distinct site_id, bucket, 1, now() from site.rollup_hours where site_id = ${site.siteId}
      on conflict do nothing`);
    await db.execute(sql`insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
      select distinct site_id, 'day', starts_on, 1, now() from site.rollup_periods
      where site_id = ${site.siteId} and span = 'day'
      on conflict do nothing`);
    await rollUpStaleHours({ db });
    expect(await retain()).toBe(0);
    expect({ rollups: await rollups(site), figures: await figures(site) }).toEqual(before);
    const left = await db.execute(sql`select from site.stale_hours where site_id = ${site.siteId}`);
    expect(left.rows).toEqual([]);
  });

  it("are not missed: late ones are refused as too old and counted, and an old order stays as it was", async () => {
    const site = await createSite(db);
    await ingest(visit(site, OLD, { order: "old" }));
    await rollUpStaleHours({ db });
    await retain();
    const before = await rollups(site);

    const late = ingestMessage({
      siteId: site.siteId,
      via: "api",
      visitor: visitorId(),
      receivedAt: NOW,
      events: [
        { id: eventId(NOW), type: "pageview", at: OLD, url },
        { id: eventId(NOW), type: "conversion", at: NOW, conversion: { value: "99.00", orderId: "old" } },
      ],
    });
    // A body that waited in the spill for years, and of which nothing can be kept, has no receipt: it may have had one.
    const forgotten = ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: KEPT + 60 * DAY,
      events: [{ id: eventId(OLD), type: "pageview", at: KEPT + 60 * DAY, url }],
    });
    const { receipts, deadLetters } = await ingest(late, forgotten);

    expect(deadLetters).toEqual([]);
    expect(receipts.map(({ stored, rejected }) => ({ stored, rejected }))).toEqual([
      { stored: 1, rejected: 1 },
    ]);
    const hour = Math.floor(NOW / HOUR) * HOUR;
    const ledger = await getLedger(
      { databases },
      {
        site: { siteId: site.siteId, database: "main" },
        from: new Date(hour).toISOString(),
        to: new Date(hour + HOUR).toISOString(),
      },
    );
    if (!ledger.ok) throw new Error(ledger.error.kind);
    expect(ledger.value.items.map(({ rejected }) => rejected)).toEqual([{ too_old: 1 }]);
    expect(ledger.value.isBalanced).toBe(true);
    await rollUpStaleHours({ db });
    expect(await rollups(site)).toEqual(before);
    const orders = await db.execute(sql`
      select value_minor::int as value, copies from site.conversions where site_id = ${site.siteId}`);
    expect(orders.rows).toEqual([{ value: 1234, copies: 1 }]);
  });

  it("keep their campaign in sealed hours, whatever a matcher says later; hours with raw events follow it", async () => {
    const site = await createSite(db);
    await ingest(visit(site, OLD, { order: "x" }), visit(site, KEPT + 9 * DAY, { order: "y" }));
    await rollUpStaleHours({ db });
    await retain();
    const before = await rollups(site);

    await createCampaign(db, site, { name: "Spring" });
    await db.execute(
      sql`update site.sites set matcher_version = matcher_version + 1 where id = ${site.siteId}`,
    );
    await rematchSources({ databases }, { database: "main", siteId: site.siteId });
    await rollUpStaleHours({ db });

    expect(await rollups(site)).toEqual(before);
    const named = await db.execute(sql`
      select distinct bucket from site.rollup_hours where site_id = ${site.siteId} and scope = 'campaign'`);
    expect(named.rows).toHaveLength(1);
  });

  it("stay while they are younger, and where a site has none older it is not sealed", async () => {
    const site = await createSite(db);
    await ingest(visit(site, KEPT + HOUR, { order: "young" }));
    await retain();
    expect(await accounts(site)).toEqual({ stored: 2, present: 2, expired: 0 });
    const { rows } = await db.execute(sql`select sealed_before from site.sites where id = ${site.siteId}`);
    expect(rows).toEqual([{ sealed_before: null }]);
  });

  it("go once, by two runs at once, and by a run after one that was broken off", async () => {
    const site = await createSite(db);
    await ingest(visit(site, OLD, { order: "once" }), visit(site, OLD - 31 * DAY, { order: "twice" }));
    await rollUpStaleHours({ db });
    await expireEvents(depsAt(NOW));
    const month = (await listEventMonths(db, new Date(KEPT))).at(-1);
    if (!month) throw new Error("no month is due");
    // Broken off after a month was taken out and before it was counted.
    await detachMonth(db, month);

    const later = depsAt(NOW + 15 * 60_000);
    const runs = await Promise.all([expireEvents(later), expireEvents(later)]);

    expect(runs.map(({ expired }) => expired).toSorted((a, b) => a - b)).toEqual([0, 4]);
    expect(await expireDetached(db, month)).toBe(0);
    expect(await accounts(site)).toEqual({ stored: 4, present: 0, expired: 4 });
    expect(await listEventMonths(db, new Date(KEPT))).toEqual([]);
  });

  it("wait while ingest may not have heard of the seal, and while the retention is longer", async () => {
    const site = await createSite(db);
    await ingest(visit(site, OLD, { order: "wait" }));
    await rollUpStaleHours({ db });
    await db.execute(sql`update site.retention set months = ${MONTHS + 2}`);
    expect(await retain()).toBe(0);
    await db.execute(sql`update site.retention set months = ${MONTHS}`);
    // A zone that is being changed has hours that are neither old nor new.
    await db.execute(sql`insert into site.zone_rebuilds values (${site.siteId}, now(), '-infinity')`);
    await retain();
    const sealed = await db.execute(sql`select from site.sites where sealed_before is not null`);
    expect(sealed.rows).toEqual([]);
    await db.execute(sql`delete from site.zone_rebuilds`);
    await expireEvents(depsAt(NOW));
    await expireEvents(depsAt(NOW + 60_000));
    expect(await accounts(site)).toEqual({ stored: 2, present: 2, expired: 0 });
    await expect(db.execute(sql`update site.retention set months = 13`)).rejects.toThrow("months");
  });
});
