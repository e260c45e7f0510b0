import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();
const MINUTE = 60_000;
const URL = "https://shop.example/";
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function ingest(...messages: IngestMessage[]) {
  return await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
}

async function countOf(table: "events" | "conversions" | "refunds" | "identity_links", siteId: number) {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier("site")}.${sql.identifier(table)} where site_id = ${siteId}`,
  );
  return rows[0]?.n;
}

describe("an id that comes again as another kind of event", () => {
  it("is a duplicate within its body: the first one stays, and the body is not dead-lettered", async () => {
    const { siteId } = await createSite(db);
    const at = NOW - MINUTE;
    const id = eventId(at);
    const body = ingestMessage({
      siteId,
      visitor: visitorId(),
      receivedAt: NOW,
      events: [
        { id, at, type: "pageview", url: URL },
        { id, at, type: "conversion", url: URL, conversion: { value: "10.00" } },
        { at, type: "conversion", url: URL, conversion: { value: "12.00" } },
      ],
    });

    const outcome = await ingest(body);

    expect(outcome.deadLetters).toEqual([]);
    expect(outcome.receipts).toMatchObject([{ stored: 2, duplicate: 1 }]);
    expect(await countOf("conversions", siteId)).toBe(1);
  });

  it("refunds nothing when a refund carries the id of the conversion it is for", async () => {
    const { siteId } = await createSite(db);
    const at = NOW - MINUTE;
    const id = eventId(at);
    const sale = { id, at, type: "conversion" as const, conversion: { value: "10.00", orderId: "A-1" } };
    await ingest(ingestMessage({ siteId, via: "api", receivedAt: NOW, events: [sale] }));
    const refund = { id, at, type: "refund" as const, refund: { orderId: "A-1", value: "1.00" } };

    const { receipts } = await ingest(
      ingestMessage({ siteId, via: "api", receivedAt: NOW, events: [refund] }),
    );

    expect(receipts).toMatchObject([{ stored: 0, duplicate: 1 }]);
    expect(await countOf("refunds", siteId)).toBe(0);
    expect(await countOf("conversions", siteId)).toBe(1);
  });

  it("links nobody when an identify event carries the id of a page view", async () => {
    const { siteId } = await createSite(db);
    const at = NOW - MINUTE;
    const id = eventId(at);
    const visitor = visitorId();
    await ingest(ingestMessage({ siteId, visitor, events: [{ id, at, type: "pageview", url: URL }] }));

    await ingest(
      ingestMessage({ siteId, visitor, events: [{ id, at, type: "identify", customerHash: visitorId() }] }),
    );

    expect(await countOf("identity_links", siteId)).toBe(0);
  });
});
