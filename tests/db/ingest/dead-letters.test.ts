import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function ingest(...messages: IngestMessage[]) {
  return await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
}

describe("a body whose text Postgres cannot hold", () => {
  it.each([
    ["NUL in a value", { plan: "a\u0000b" }],
    ["NUL in a name", { "a\u0000b": 1 }],
    ["half a character", { plan: "\ud800" }],
  ])("becomes a dead letter (%s), and the others of its batch are stored", async (_, props) => {
    const { siteId } = await createSite(db);
    const view = { type: "pageview" as const, at: NOW, url: "https://shop.example/" };
    const good = ingestMessage({ siteId, visitor: visitorId(), events: [view] });
    const bad = ingestMessage({ siteId, visitor: visitorId(), events: [{ ...view, props }] });

    const { receipts, deadLetters } = await ingest(bad, good);

    expect(receipts.map(({ receiptId }) => receiptId)).toEqual([good.receiptId]);
    expect(deadLetters.map(({ receiptId }) => receiptId)).toEqual([bad.receiptId]);
    const kept = await db.execute<{ id: string }>(
      sql`select message -> 'events' -> 0 ->> 'id' as id from site.dead_letters where site_id = ${siteId}`,
    );
    expect(kept.rows).toEqual([{ id: bad.events[0]?.id }]);
    const ledger = await db.execute(sql`
      select sum(received)::int as received, sum(stored)::int as stored, sum(dead_lettered)::int as dead
      from site.receipts where site_id = ${siteId}`);
    expect(ledger.rows).toEqual([{ received: 2, stored: 1, dead: 1 }]);
  });
});
