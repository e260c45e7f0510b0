import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
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

type Money = { value?: string; orderId?: string };

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
