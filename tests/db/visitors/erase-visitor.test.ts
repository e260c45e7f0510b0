import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId, type TestMessage } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { buryMessage } from "#usecases/ingest/bury-message.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { eraseVisitor } from "#usecases/visitors/erase-visitor.ts";
import { exportVisitor } from "#usecases/visitors/export-visitor.ts";
import { finishErasures } from "#usecases/visitors/finish-erasures.ts";
import { keyPrincipal } from "./key-principal.ts";

const NOW = Date.now();
const MINUTE = 60_000;
const SHOP = "https://shop.example/";
const TAGGED = `${SHOP}?utm_source=news&utm_medium=email`;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

const clock = { now: () => new Date(NOW) };
const databases = { named: () => db, names: () => ["main"] };
const deps = { databases, clock };

async function ingest(...messages: IngestMessage[]) {
  return await ingestEvents({ db, clock, sites: new Map() }, messages);
}

function visit(site: TestSite, visitor: string, given: Partial<TestMessage> = {}): IngestMessage {
  const at = NOW - 90 * MINUTE;
  return ingestMessage({
    siteId: site.siteId,
    visitor,
    receivedAt: at,
    events: [
      { type: "pageview", at, url: TAGGED },
      { type: "pageview", at: at + MINUTE, url: SHOP },
      { type: "conversion", at: at + 2 * MINUTE, url: SHOP, conversion: { value: "10.00" } },
      { type: "identify", at: at + 3 * MINUTE, customerHash: visitorId() },
    ],
    ...given,
  });
}

async function erase(site: TestSite, visitor: string) {
  return await eraseVisitor(deps, {
    principal: keyPrincipal(site),
    site: { ...site, database: "main" },
    visitorId: visitor,
  });
}

const TABLES = [
  "visitors",
  "events",
  "sessions",
  "touchpoints",
  "conversions",
  "identity_links",
  "visitor_aliases",
];

/** In which tables something of the visitor is left. */
async function tracesOf({ siteId }: TestSite, visitor: string): Promise<string[]> {
  const found = await Promise.all(
    TABLES.map(async (table) => {
      const { rows } = await db.execute(sql`
        select 1 from ${sql.raw(`site.${table}`)} where site_id = ${siteId} and visitor_id = ${visitor}::uuid limit 1`);
      return rows.length > 0 ? [table] : [];
    }),
  );
  return found.flat();
}

/** Hours of the ledger in which `stored = present + erased` does not hold, or the receipts do not add up. */
async function unbalancedHours({ siteId }: TestSite) {
  const { rows } = await db.execute(sql`
    select hour, stored, present, erased from (
      select hour, sum(stored) as stored,
        (select count(*) from site.events e where e.site_id = ${siteId} and date_trunc('hour', e.received_at, 'UTC') = hour)
          as present,
        coalesce((select events from site.erased_hours x where x.site_id = ${siteId} and x.hour = r.hour), 0) as erased,
        sum(received - stored - duplicate - bot - rejected - dead_lettered) as missing
      from site.receipts r where site_id = ${siteId} group by hour
    ) as told
    where stored <> present + erased or missing <> 0`);
  return rows;
}

async function rollupsOf({ siteId }: TestSite) {
  await rollUpStaleHours({ db });
  const { rows } = await db.execute(sql`
    select bucket, scope, scope_key, dimension, value, currency, impressions, clicks, pageviews, sessions, visitors,
      conversions, revenue_minor, refund_minor
    from site.rollup_hours where site_id = ${siteId} order by 1, 2, 3, 4, 5, 6`);
  return rows;
}

describe("an erased visitor", () => {
  it("leaves nothing raw or derived, figures as if they had never come, and a ledger that adds up", async () => {
    const [site, without] = [await createSite(db), await createSite(db)];
    const [gone, stays] = [visitorId(), visitorId()];
    await ingest(visit(site, gone), visit(site, stays), visit(without, stays));
    await rollUpStaleHours({ db });

    expect(await erase(site, gone)).toEqual({ ok: true, value: { isFinished: true } });

    expect(await tracesOf(site, gone)).toEqual([]);
    expect(await tracesOf(site, stays)).toEqual(TABLES.filter((table) => table !== "visitor_aliases"));
    expect(await rollupsOf(site)).toEqual(await rollupsOf(without));
    expect(await unbalancedHours(site)).toEqual([]);
  });

  it("does not come back by a redelivery, by the same events in another body, or by what was still in the queue", async () => {
    const site = await createSite(db);
    const gone = visitorId();
    const body = visit(site, gone);
    await ingest(body);
    await erase(site, gone);

    const again = await ingest(
      body,
      { ...body, receiptId: eventId(NOW), receivedAt: NOW + MINUTE },
      visit(site, gone),
    );

    expect(
      again.receipts.map(({ stored, duplicate, rejected }) => ({ stored, duplicate, rejected })),
    ).toEqual([
      // The receipts by their ids, which begin with the time.
      { stored: 0, duplicate: 0, rejected: 4 },
      { stored: 0, duplicate: 4, rejected: 0 },
    ]);
    expect(await tracesOf(site, gone)).toEqual([]);
    expect(await unbalancedHours(site)).toEqual([]);
    const { rows } = await db.execute(sql`
      select rejected_by from site.receipts where site_id = ${site.siteId} and rejected > 0`);
    expect(rows).toEqual([{ rejected_by: { erased: 4 } }]);
  });

  it("is a new one when they come again afterwards", async () => {
    const site = await createSite(db);
    const gone = visitorId();
    await ingest(visit(site, gone));
    await erase(site, gone);
    const at = NOW + 10 * MINUTE;

    await ingest(
      ingestMessage({ siteId: site.siteId, visitor: gone, events: [{ type: "pageview", at, url: SHOP }] }),
    );

    const { rows } = await db.execute(sql`
      select events from site.sessions where site_id = ${site.siteId} and visitor_id = ${gone}::uuid`);
    expect(rows).toEqual([{ events: 1 }]);
    expect(await unbalancedHours(site)).toEqual([]);
  });

  it("is gone for good when events of theirs are being stored at the same moment", async () => {
    const site = await createSite(db);
    const gone = visitorId();
    await ingest(visit(site, gone));

    await Promise.all([
      erase(site, gone),
      ...Array.from({ length: 6 }, async () => await ingest(visit(site, gone))),
    ]);
    await finishErasures(deps);

    expect(await tracesOf(site, gone)).toEqual([]);
    expect(await unbalancedHours(site)).toEqual([]);
  });

  it("is nobody where nobody of that id has come, and may be erased twice", async () => {
    const site = await createSite(db);
    const gone = visitorId();
    expect(await erase(site, gone)).toMatchObject({ ok: false, error: { kind: "visitor_not_found" } });
    await ingest(visit(site, gone));

    await erase(site, gone);

    expect(await erase(site, gone)).toEqual({ ok: true, value: { isFinished: true } });
    const { rows } = await db.execute(sql`
      select count(*)::int as n, min(detail::text) as detail from control.audit_log
      where account_id = ${site.accountId} and action = 'visitor.erase'`);
    expect(rows).toEqual([{ n: 1, detail: null }]);
  });

  it("of very many events goes step by step, and a run that is broken off is gone on with", async () => {
    const site = await createSite(db);
    const gone = visitorId();
    await ingest(visit(site, gone));
    await db.execute(sql`
      insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, type, opens, flags)
      select ${site.siteId}, (${eventId(NOW).slice(0, 24)} || lpad(to_hex(i), 12, '0'))::uuid, now() - i * interval '1 second',
        now(), ${gone}::uuid, 3, 0, 8
      from generate_series(1, 6000) i`);

    expect(await erase(site, gone)).toEqual({ ok: true, value: { isFinished: false } });
    const { rows } = await db.execute<{ n: number }>(sql`
      select count(*)::int as n from site.events where site_id = ${site.siteId}`);
    expect(rows[0]?.n).toBeGreaterThan(0);

    await finishErasures(deps);

    expect(await tracesOf(site, gone)).toEqual([]);
    const { rows: left } = await db.execute(sql`select 1 from site.erasures where finished_at is null`);
    expect(left).toEqual([]);
  });
});

describe("the orders of an erased visitor", () => {
  const orderOf = (site: TestSite, visitor: string | null, value: string): IngestMessage =>
    ingestMessage({
      siteId: site.siteId,
      visitor,
      via: visitor === null ? "api" : "pixel",
      receivedAt: NOW,
      events: [
        {
          type: "conversion",
          at: NOW - 30 * MINUTE,
          conversion: { value, orderId: "A-1" },
          ...(visitor !== null && { url: SHOP }),
        },
      ],
    });

  it("go with the server's copies and the refunds, and a server that sends them again does not bring them back", async () => {
    const site = await createSite(db);
    const gone = visitorId();
    const copy = orderOf(site, null, "12.00");
    const refund = ingestMessage({
      siteId: site.siteId,
      via: "api",
      receivedAt: NOW,
      events: [{ type: "refund", at: NOW - MINUTE, refund: { orderId: "A-1", value: "5.00" } }],
    });
    await ingest(orderOf(site, gone, "10.00"), copy, refund);

    await erase(site, gone);
    await ingest({ ...copy, receiptId: eventId(NOW) }, { ...refund, receiptId: eventId(NOW) });

    const { rows } = await db.execute(sql`
      select 'conversion' from site.conversions where site_id = ${site.siteId}
      union all select 'refund' from site.refunds where site_id = ${site.siteId}
      union all select 'event' from site.events where site_id = ${site.siteId}`);
    expect(rows).toEqual([]);
    expect(await unbalancedHours(site)).toEqual([]);
  });

  it("stay with another visitor who sent them too, by their own copy", async () => {
    const site = await createSite(db);
    const [gone, stays] = [visitorId(), visitorId()];
    await ingest(orderOf(site, gone, "10.00"), orderOf(site, stays, "10.00"));

    await erase(site, gone);

    const { rows } = await db.execute(sql`
      select visitor_id, copies from site.conversions where site_id = ${site.siteId}`);
    expect(rows).toEqual([{ visitor_id: stays, copies: 1 }]);
    expect(await tracesOf(site, gone)).toEqual([]);
  });
});

describe("what is held elsewhere", () => {
  it("goes out of dead letters, which still add up when what is left of them is ingested", async () => {
    const site = await createSite(db);
    const [gone, stays] = [visitorId(), visitorId()];
    await ingest(visit(site, gone));
    const letter = visit(site, gone);
    const [first, ...rest] = letter.events;
    if (!first) throw new Error("a visit has events");
    letter.events = [{ ...first, visitor: stays }, ...rest];
    await buryMessage({ db, clock }, letter, "sqlstate_22000");

    await erase(site, gone);

    const { rows } = await db.execute<{ message: IngestMessage }>(sql`
      select message from site.dead_letters where site_id = ${site.siteId}`);
    const message = rows[0]?.message;
    expect(JSON.stringify(message)).not.toContain(gone);
    expect(message).toMatchObject({ visitor: null, received: 4, rejected: { erased: 3 } });
    expect(message?.events.map(({ id }) => id)).toEqual([first.id]);
  });

  it("goes with both hashes of a cookieless visit that ran over midnight", async () => {
    const site = await createSite(db);
    const [yesterday, today, other] = [visitorId(), visitorId(), visitorId()];
    const midnight = Math.floor(NOW / 86_400_000 - 2) * 86_400_000;
    const view = (visitor: string, minute: number, previousVisitor?: string) => {
      const at = midnight + minute * MINUTE;
      const events = [{ type: "pageview" as const, at, url: SHOP }];
      return ingestMessage({
        siteId: site.siteId,
        visitor,
        ...(previousVisitor && { previousVisitor }),
        receivedAt: at,
        events,
      });
    };
    await ingest(view(yesterday, -5), view(today, 5, yesterday), view(other, 5));

    await erase(site, today);

    expect(await tracesOf(site, today)).toEqual([]);
    expect(await tracesOf(site, yesterday)).toEqual([]);
    expect(await tracesOf(site, other)).toEqual(["visitors", "events", "sessions", "touchpoints"]);
  });
});

describe("an export", () => {
  it("holds everything of the visitor and nothing of another, and is nothing once they are erased", async () => {
    const site = await createSite(db);
    const [one, two] = [visitorId(), visitorId()];
    const given = { site: { ...site, database: "main" }, visitorId: one };
    await ingest(visit(site, one), visit(site, two));

    const exported = await exportVisitor(deps, given);

    if (!exported.ok) throw new Error("there is an export");
    const { value } = exported;
    expect(value.events.map(({ type }) => type)).toEqual(["pageview", "pageview", "conversion", "identify"]);
    expect(value.events[0]).toMatchObject({ source: { utmSource: "news" }, page: "shop.example/" });
    expect(value.sessions).toMatchObject([{ pageviews: 2, events: 3, channel: "email" }]);
    expect(value.touchpoints).toMatchObject([{ kind: "visit", channel: "email" }]);
    expect(value.conversions).toMatchObject([{ value: { minor: 1_000, currency: "EUR" } }]);
    expect(value.identityLinks).toHaveLength(1);
    expect(JSON.stringify(value)).not.toContain(two);

    await erase(site, one);
    expect(await exportVisitor(deps, given)).toMatchObject({ ok: false });
  });

  it("calls a promo code in an address what it is", async () => {
    const [site, visitor] = [await createSite(db), visitorId()];
    const at = NOW - 90 * MINUTE;
    const events = [
      { type: "pageview" as const, at, url: TAGGED },
      { type: "pageview" as const, at: at + MINUTE, url: `${SHOP}?coupon=spring` },
    ];
    await ingest(visit(site, visitor, { events }));

    const exported = await exportVisitor(deps, { site: { ...site, database: "main" }, visitorId: visitor });

    expect(exported).toMatchObject({
      value: { touchpoints: [{ kind: "visit", channel: "email" }, { kind: "promo_code" }] },
    });
  });

  it("tells a refund in its order's currency, unless it names one of its own", async () => {
    const [site, visitor] = [await createSite(db), visitorId()];
    const conversion = { value: "10000", currency: "JPY", orderId: "A-1" };
    const refunds = [{ value: "3000" }, { value: "5.00", currency: "USD" }];
    await ingest(
      visit(site, visitor, { events: [{ type: "conversion", at: NOW - MINUTE, url: SHOP, conversion }] }),
      ingestMessage({
        siteId: site.siteId,
        via: "api",
        receivedAt: NOW,
        events: refunds.map((refund, i) => ({
          type: "refund",
          at: NOW + i,
          refund: { orderId: "A-1", ...refund },
        })),
      }),
    );

    const exported = await exportVisitor(deps, { site: { ...site, database: "main" }, visitorId: visitor });

    expect(exported).toMatchObject({
      value: {
        refunds: [{ value: { minor: 3_000, currency: "JPY" } }, { value: { minor: 500, currency: "USD" } }],
      },
    });
  });
});
