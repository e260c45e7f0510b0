import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

it("stores what was sent to the letter, whatever signs it has a meaning for elsewhere", async () => {
  const { siteId } = await createSite(db);
  const odd = [
    "NULL",
    "null",
    "",
    '"',
    "\\",
    '\\"',
    "{a,b}",
    "a,b",
    "line\nend",
    "tab\t",
    "ü 👍",
    "'; --",
    " x ",
  ];
  const events = odd.map((text) => ({
    id: eventId(NOW),
    at: NOW,
    type: "custom" as const,
    name: text,
    url: "https://shop.example/",
    props: { [text]: text, n: 1.5, no: null },
  }));

  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [
    ingestMessage({ siteId, visitor: visitorId(), receivedAt: NOW, rejected: { 'odd "code\\': 2 }, events }),
  ]);

  const { rows } = await db.execute<{ id: string; name: string; props: object }>(
    sql`select event_id as id, name, props from site.events where site_id = ${siteId}`,
  );
  const stored = new Map(rows.map(({ id, name, props }) => [id, { name, props }]));
  for (const [i, text] of odd.entries()) {
    expect(stored.get(events[i]?.id ?? "")).toEqual({
      name: text,
      props: { [text]: text, n: 1.5, no: null },
    });
  }
  const receipts = await db.execute(
    sql`select rejected, rejected_by from site.receipts where site_id = ${siteId}`,
  );
  expect(receipts.rows).toEqual([{ rejected: 2, rejected_by: { 'odd "code\\': 2 } }]);
});
