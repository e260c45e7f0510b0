import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { compactReceipts } from "#db/queries/maintenance/compact-receipts.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { getLedger } from "#usecases/ledger/get-ledger.ts";
import { compactLedger, expireBots, expireJourneys } from "#usecases/maintenance/expire-traces.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.now();
const url = "https://shop.example/?utm_source=news&utm_medium=email";

let db: Database;
beforeAll(async () => {
  ({ db } = await createDatabase());
});

const databases = { named: () => db, names: () => ["main"] };
const clockAt = (ms: number) => ({ now: () => new Date(ms) });
const clock = clockAt(NOW);

async function ingest(...messages: IngestMessage[]) {
  return await ingestEvents({ db, clock, sites: new Map() }, messages);
}

function views(site: TestSite, at: number, given: Partial<IngestMessage> = {}): IngestMessage {
  const view = (ms: number) => ({ type: "pageview" as const, at: ms, url });
  return {
    ...ingestMessage({ siteId: site.siteId, visitor: visitorId(), events: [view(at), view(at + 1_000)] }),
    ...given,
  };
}

async function ledger(site: TestSite, at: number) {
  const hour = Math.floor(at / HOUR) * HOUR;
  const answer = await getLedger(
    { databases },
    {
      site: { siteId: site.siteId, database: "main" },
      from: new Date(hour).toISOString(),
      to: new Date(hour + HOUR).toISOString(),
    },
  );
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

async function singleReceipts({ siteId }: TestSite): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from site.receipts where site_id = ${siteId}`,
  );
  return rows[0]?.n ?? 0;
}

describe("receipts of more than 15 days ago", () => {
  /** Young enough to be counted whatever becomes of it; two days later its receipts are added up. */
  const AT = Math.floor((NOW - 13 * DAY) / HOUR) * HOUR + 60_000;
  const later = clockAt(AT + 16 * DAY);

  it("are added up, and the ledger of their hours stays as it was, by reason", async () => {
    const site = await createSite(db);
    const bad = { id: eventId(AT), type: "conversion", at: AT, conversion: { value: "-1" } } as const;
    const some = ingestMessage({ siteId: site.siteId, receivedAt: AT, visitor: visitorId(), events: [bad] });
    await ingest(
      views(site, AT),
      { ...some, received: 2, rejected: { invalid_url: 1 } },
      views(site, AT, { bot: "isbot" }),
    );
    const repeated = views(site, AT);
    await ingest(repeated, { ...repeated, receiptId: visitorId() });
    const before = await ledger(site, AT);
    expect(before.totals).toMatchObject({ received: 10, stored: 4, duplicate: 2, bot: 2, rejected: 2 });

    await compactLedger({ databases, clock });
    expect(await singleReceipts(site)).toBe(5);
    // Step by step, and two at once.
    await compactReceipts(db, { before: new Date(AT + DAY), limit: 2 });
    await Promise.all([
      compactLedger({ databases, clock: later }),
      compactLedger({ databases, clock: later }),
    ]);
    await compactLedger({ databases, clock: later });

    expect(await singleReceipts(site)).toBe(0);
    expect(await ledger(site, AT)).toEqual(before);
    expect(before.items[0]?.rejected).toEqual({ invalid_value: 1, invalid_url: 1 });
  });

  it("are not counted again when their body comes once more; a body that comes late for the first time is", async () => {
    const site = await createSite(db);
    const OLD = Math.floor((NOW - 16 * DAY) / HOUR) * HOUR + 60_000;
    const body = views(site, OLD);
    await ingest(body);
    await compactLedger({ databases, clock });
    const first = views(site, OLD + 5_000);

    const { receipts } = await ingest(body, first);

    expect(receipts.map(({ receiptId }) => receiptId)).toEqual([first.receiptId]);
    expect((await ledger(site, OLD)).totals).toMatchObject({ received: 4, stored: 4, duplicate: 0 });
    await compactLedger({ databases, clock });
    expect((await ledger(site, OLD)).totals).toMatchObject({ received: 4, stored: 4, duplicate: 0 });
    expect((await ledger(site, OLD)).isBalanced).toBe(true);
  });

  it("stay single where a dead letter waits, so that a replay can correct them", async () => {
    const site = await createSite(db);
    const bad = views(site, AT);
    const { deadLetters } = await ingest({
      ...bad,
      events: bad.events.map((event) => ({ ...event, props: { plan: "\ud800" } })),
    });
    expect(deadLetters).toHaveLength(1);
    await compactLedger({ databases, clock: later });
    expect(await singleReceipts(site)).toBe(1);
  });
});

describe("bots", () => {
  it("go after 30 days by the time of their ids, whole months and parts of one; the ledger still counts them", async () => {
    const site = await createSite(db);
    const ages = [400, 100, 31, 29, 0].map((days) => NOW - days * DAY + HOUR);
    await ingest(...ages.map((at) => views(site, at, { bot: "isbot" })));
    const person = views(site, NOW - 100 * DAY);
    await ingest(person);

    await expireBots({ databases, clock });
    await expireBots({ databases, clock });

    const { rows } = await db.execute<{ days: number }>(sql`
      select distinct round(extract(epoch from to_timestamp(${NOW / 1000}) - occurred_at) / 86400)::int as days
      from site.bot_events where site_id = ${site.siteId} order by 1`);
    expect(rows.map(({ days }) => days)).toEqual([0, 29]);
    const counted = await db.execute(
      sql`select sum(bot)::int as bots from site.ledger_entries where site_id = ${site.siteId}`,
    );
    expect(counted.rows).toEqual([{ bots: 10 }]);
    // An old id still has a place to go to.
    expect((await ingest(views(site, NOW - 390 * DAY, { bot: "isbot" }))).deadLetters).toEqual([]);
    const kept = await db.execute(
      sql`select count(*)::int as n from site.events where site_id = ${site.siteId}`,
    );
    expect(kept.rows).toEqual([{ n: 2 }]);
  });
});

describe("what was derived long before the seal", () => {
  it("goes, but for the touchpoints that a conversion earns its credit from, and for money", async () => {
    const site = await createSite(db);
    const buyer = visitorId();
    const AT = NOW - 300 * DAY;
    const visit = (at: number, visitor: string) =>
      ingestMessage({
        siteId: site.siteId,
        visitor,
        receivedAt: at,
        events: [{ type: "pageview", at, url }],
      });
    const sale = { type: "conversion", at: AT + 80 * DAY, conversion: { value: "5.00" } } as const;
    await ingest(
      visit(AT, buyer),
      ingestMessage({ siteId: site.siteId, visitor: buyer, receivedAt: AT + 80 * DAY, events: [sale] }),
      visit(AT, visitorId()),
      visit(AT + 1, visitorId()),
      visit(NOW - DAY, visitorId()),
    );
    await rollUpStaleHours({ db });
    const figures = async () => {
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      const answer = await getSiteAnalytics(
        { databases, clock },
        {
          site: { siteId: site.siteId, publicId: site.publicId, database: "main" },
          from: day(AT + 79 * DAY),
          to: day(AT + 81 * DAY),
          compare: "none",
          model: "linear",
          lookbackDays: 90,
          direct: "keep",
        },
      );
      if (!answer.ok) throw new Error(answer.error.kind);
      const { kpis, channels } = answer.value;
      return [kpis, ...channels].map((row) => [
        "channel" in row ? row.channel : "all",
        row.sessions,
        row.conversions,
        row.revenueMinor,
      ]);
    };
    const before = await figures();
    expect(before).toContainEqual(["email", 0, 1, 500]);

    await expireJourneys({ databases });
    expect(await derived(site)).toEqual({ sessions: 5, touchpoints: 4, visitors: 4, conversions: 1 });
    await db.execute(sql`
      update site.sites set sealed_before = to_timestamp(${(NOW - 100 * DAY) / 1000}),
        raw_since = to_timestamp(${(NOW - 100 * DAY) / 1000}) where id = ${site.siteId}`);
    await Promise.all([expireJourneys({ databases }), expireJourneys({ databases })]);
    await expireJourneys({ databases });

    expect(await derived(site)).toEqual({ sessions: 1, touchpoints: 2, visitors: 1, conversions: 1 });
    expect(await figures()).toEqual(before);
  });

  it("stays of a visitor who has come for longer and still does", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    const [loyal, gone] = [visitorId(), visitorId()];
    const visit = (at: number, visitor: string) =>
      ingestMessage({
        siteId: site.siteId,
        visitor,
        receivedAt: at,
        events: [{ type: "pageview", at, url: "https://shop.example/" }],
      });
    await ingest(visit(NOW - 300 * DAY, loyal), visit(NOW - 300 * DAY, gone), visit(NOW - DAY, loyal));
    await db.execute(sql`
      update site.sites set sealed_before = to_timestamp(${(NOW - 100 * DAY) / 1000}),
        raw_since = to_timestamp(${(NOW - 100 * DAY) / 1000}) where id = ${site.siteId}`);

    await expireJourneys({ databases });

    const { rows } = await db.execute(sql`
      select visitor_id, (select count(*)::int from site.sessions s where s.visitor_id = v.visitor_id) as sessions
      from site.visitors v where site_id = ${site.siteId}`);
    expect(rows).toEqual([{ visitor_id: loyal, sessions: 1 }]);
  });

  async function derived({ siteId }: TestSite) {
    const { rows } = await db.execute(sql`
      select (select count(*)::int from site.sessions where site_id = ${siteId}) as sessions,
        (select count(*)::int from site.touchpoints where site_id = ${siteId}) as touchpoints,
        (select count(*)::int from site.visitors where site_id = ${siteId}) as visitors,
        (select count(*)::int from site.conversions where site_id = ${siteId}) as conversions`);
    return rows[0];
  }
});
