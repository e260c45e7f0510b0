import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const HOUR = 3_600_000;
const NOW = Date.now();
const SOLD_AT = NOW - 10 * HOUR;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function ingest(...messages: IngestMessage[]): Promise<void> {
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
  await rollUpStaleHours({ db });
}

type Money = { value?: string; currency?: string; orderId?: string; test?: boolean };

function sale({ siteId }: TestSite, id: string, conversion: Money): IngestMessage {
  return ingestMessage({
    siteId,
    visitor: visitorId(),
    receivedAt: NOW,
    events: [{ id, at: SOLD_AT, type: "conversion", url: "https://shop.example/thanks", conversion }],
  });
}

function refund({ siteId }: TestSite, body: Money & { conversionId?: string }, at: number): IngestMessage {
  return ingestMessage({
    siteId,
    via: "api",
    receivedAt: NOW,
    events: [{ at, type: "refund", refund: body }],
  });
}

/** What refunds took, as facts tell it and as the hours were rolled up: the two may never differ. */
async function taken({ siteId }: TestSite) {
  const facts = await db.execute<{ n: number }>(
    sql`select coalesce(sum(taken_minor), 0)::int as n from site.refund_effects where site_id = ${siteId}`,
  );
  const hours = await db.execute<{ n: number }>(
    sql`select coalesce(sum(refund_minor), 0)::int as n from site.rollup_hours where site_id = ${siteId}`,
  );
  return { facts: facts.rows[0]?.n, hours: hours.rows[0]?.n };
}

describe("a refund that names its conversion", () => {
  it("takes nothing more from an order that was refunded by its number already", async () => {
    const site = await createSite(db);
    const id = eventId(SOLD_AT);
    await ingest(sale(site, id, { value: "50.00", orderId: "A-1" }));
    await ingest(refund(site, { orderId: "A-1", value: "30.00" }, NOW - 3 * HOUR));

    await ingest(refund(site, { conversionId: id }, NOW - 2 * HOUR));

    expect(await taken(site)).toEqual({ facts: 5_000, hours: 5_000 });
  });

  it("finds it by the id of any of its copies", async () => {
    const site = await createSite(db);
    const [browser = "", server = ""] = [eventId(SOLD_AT), eventId(SOLD_AT)].toSorted();
    await ingest(sale(site, browser, { value: "50.00", orderId: "A-1" }));
    await ingest(sale(site, server, { value: "50.00", orderId: "A-1" }));

    await ingest(refund(site, { conversionId: server, value: "20.00" }, NOW - 3 * HOUR));
    await ingest(refund(site, { conversionId: browser }, NOW - 2 * HOUR));

    expect(await taken(site)).toEqual({ facts: 5_000, hours: 5_000 });
  });

  it("takes the whole once the conversion arrives after it, with an order's number or without", async () => {
    for (const order of [{}, { orderId: "A-1" }]) {
      const site = await createSite(db);
      const id = eventId(SOLD_AT);
      await ingest(refund(site, { conversionId: id }, NOW - 3 * HOUR));
      expect(await taken(site)).toEqual({ facts: 0, hours: 0 });

      await ingest(sale(site, id, { value: "50.00", ...order }));

      expect(await taken(site)).toEqual({ facts: 5_000, hours: 5_000 });
    }
  });

  it("leaves less for a later one, in the hours too, when it is told of after that", async () => {
    const site = await createSite(db);
    const id = eventId(SOLD_AT);
    await ingest(sale(site, id, { value: "50.00" }));
    await ingest(refund(site, { conversionId: id, value: "40.00" }, NOW - 2 * HOUR));

    await ingest(refund(site, { conversionId: id, value: "30.00" }, NOW - 4 * HOUR));

    expect(await taken(site)).toEqual({ facts: 5_000, hours: 5_000 });
  });
});

type Effect = { currency: string; before: number; after: number; isAttributed: boolean };

/** What each refund takes, first to last. */
async function effects({ siteId }: TestSite): Promise<Effect[]> {
  const { rows } = await db.execute<Effect>(sql`
    select currency::text as currency, before_minor::int as before, after_minor::int as after,
      conversion_id is not null as "isAttributed"
    from site.refund_effects where site_id = ${siteId} order by at, refund_id`);
  return rows;
}

/** Money that the hours hold, by currency. */
async function hourly({ siteId }: TestSite) {
  const { rows } = await db.execute<{ currency: string; revenue: number; refund: number }>(sql`
    select currency::text as currency, sum(revenue_minor)::int as revenue, sum(refund_minor)::int as refund
    from site.rollup_hours
    where site_id = ${siteId} and scope = 'site' and dimension = 'all' and currency <> ''
    group by 1 order by 1`);
  return rows;
}

describe("a refund without a currency is of its order's", () => {
  it.each([
    { order: { value: "10000", currency: "JPY" }, value: "3000", before: 10_000, after: 7_000 },
    { order: { value: "100.000", currency: "KWD" }, value: "30.005", before: 100_000, after: 69_995 },
    { order: { value: "100.00", currency: "USD" }, value: "30.00", before: 10_000, after: 7_000 },
    // Half a yen is rounded away from zero, as where amounts come in.
    { order: { value: "10000", currency: "JPY" }, value: "2999.5", before: 10_000, after: 7_000 },
    { order: { value: "10.0000", currency: "CLF" }, value: "3", before: 100_000, after: 70_000 },
  ])("$order.value $order.currency less $value", async ({ order, value, before, after }) => {
    for (const isRefundFirst of [false, true]) {
      const site = await createSite(db);
      const bodies = [
        sale(site, eventId(SOLD_AT), { ...order, orderId: "A-1" }),
        refund(site, { orderId: "A-1", value }, NOW - 2 * HOUR),
      ];
      for (const body of isRefundFirst ? bodies.toReversed() : bodies) await ingest(body);

      expect(await effects(site)).toEqual([{ currency: order.currency, before, after, isAttributed: true }]);
      expect(await hourly(site)).toEqual([
        { currency: order.currency, revenue: before, refund: before - after },
      ]);
    }
  });

  it("takes the whole of an order in any currency where it names no value either", async () => {
    const site = await createSite(db);
    await ingest(refund(site, { orderId: "A-1" }, NOW - 2 * HOUR));
    await ingest(sale(site, eventId(SOLD_AT), { value: "10000", currency: "JPY", orderId: "A-1" }));

    expect(await effects(site)).toEqual([{ currency: "JPY", before: 10_000, after: 0, isAttributed: true }]);
  });

  it("follows the order when the server's copy says another currency", async () => {
    const site = await createSite(db);
    await ingest(sale(site, eventId(SOLD_AT), { value: "90.00", orderId: "A-1" }));
    await ingest(refund(site, { orderId: "A-1", value: "3000" }, NOW - 2 * HOUR));
    await ingest({
      ...sale(site, eventId(SOLD_AT), { value: "10000", currency: "JPY", orderId: "A-1" }),
      via: "api",
    });

    expect(await effects(site)).toEqual([
      { currency: "JPY", before: 10_000, after: 7_000, isAttributed: true },
    ]);
    expect(await hourly(site)).toEqual([{ currency: "JPY", revenue: 10_000, refund: 3_000 }]);
  });

  it("is of the site's while its order is unknown", async () => {
    const site = await createSite(db, { currency: "JPY" });
    await ingest(refund(site, { orderId: "A-1", value: "29.5" }, NOW - 2 * HOUR));
    expect(await effects(site)).toEqual([{ currency: "JPY", before: 0, after: -30, isAttributed: false }]);

    await ingest(sale(site, eventId(SOLD_AT), { value: "100.00", currency: "EUR", orderId: "A-1" }));
    expect(await effects(site)).toEqual([
      { currency: "EUR", before: 10_000, after: 7_050, isAttributed: true },
    ]);
  });
});

describe("a refund that names another currency than its order's", () => {
  const inDollars = { value: "100.00", currency: "USD", orderId: "A-1" };

  it("lowers revenue unattributed, in its own, and leaves the order to those of the order's currency", async () => {
    const site = await createSite(db);
    await ingest(sale(site, eventId(SOLD_AT), inDollars));
    await ingest(refund(site, { orderId: "A-1", value: "30.00", currency: "EUR" }, NOW - 4 * HOUR));
    await ingest(refund(site, { orderId: "A-1", value: "60.00", currency: "USD" }, NOW - 3 * HOUR));
    await ingest(refund(site, { orderId: "A-1", value: "60.00" }, NOW - 2 * HOUR));

    expect(await effects(site)).toEqual([
      { currency: "EUR", before: 0, after: -3_000, isAttributed: false },
      { currency: "USD", before: 10_000, after: 4_000, isAttributed: true },
      { currency: "USD", before: 4_000, after: 0, isAttributed: true },
    ]);
    expect(await hourly(site)).toEqual([
      { currency: "EUR", revenue: 0, refund: 3_000 },
      { currency: "USD", revenue: 10_000, refund: 10_000 },
    ]);
  });

  it("takes nothing where it names no value", async () => {
    const site = await createSite(db);
    await ingest(sale(site, eventId(SOLD_AT), inDollars));
    await ingest(refund(site, { orderId: "A-1", currency: "EUR" }, NOW - 4 * HOUR));

    expect(await effects(site)).toEqual([{ currency: "EUR", before: 0, after: 0, isAttributed: false }]);
  });

  it("is taken from the order once a copy of it says that currency", async () => {
    const site = await createSite(db);
    await ingest(sale(site, eventId(SOLD_AT), inDollars));
    await ingest(refund(site, { orderId: "A-1", value: "30.00", currency: "EUR" }, NOW - 4 * HOUR));
    await ingest({
      ...sale(site, eventId(SOLD_AT), { value: "90.00", currency: "EUR", orderId: "A-1" }),
      via: "api",
    });

    expect(await effects(site)).toEqual([
      { currency: "EUR", before: 9_000, after: 6_000, isAttributed: true },
    ]);
    expect(await hourly(site)).toEqual([{ currency: "EUR", revenue: 9_000, refund: 3_000 }]);
  });

  it("counts no more than the test order that it is of", async () => {
    const site = await createSite(db);
    await ingest(sale(site, eventId(SOLD_AT), { ...inDollars, test: true }));
    await ingest(refund(site, { orderId: "A-1", value: "30.00", currency: "EUR" }, NOW - 4 * HOUR));

    expect(await hourly(site)).toEqual([]);
  });
});

it("reads minor units in SQL as core does, for every currency", async () => {
  const codes = [...Intl.supportedValuesOf("currency"), "CLF", "UYW", "UYI", "VND", "XXX"];
  const { rows } = await db.execute<{ code: string; exponent: number }>(sql`
    select code, site.currency_exponent(code) as exponent
    from jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb) as c (code)`);

  expect(rows).toEqual(codes.map((code) => ({ code, exponent: currencyExponent(code) })));
});
