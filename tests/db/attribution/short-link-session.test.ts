import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();
const MINUTE = 60_000;
let db: Database;

async function ingest(message: IngestMessage) {
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [message]);
}

async function touchpointsOf(site: TestSite) {
  const { rows } = await db.execute<{ id: string; at: string }>(sql`
    select touchpoint_id as id, at from site.touchpoints where site_id = ${site.siteId} order by at`);
  return rows.map(({ id, at }) => ({ id, at: new Date(at).getTime() }));
}

beforeAll(async () => {
  ({ db } = await createDatabase());
});

it("keeps a click and a purchase on the landing page of a short link in the landing's session and touchpoint", async () => {
  const site = await createSite(db);
  const landedAt = NOW - 10 * MINUTE;
  const clickId = eventId(landedAt - 500);
  const url = `https://shop.example/?utm_source=pod&wm_click=pod.${clickId}`;
  const landing = ingestMessage({
    siteId: site.siteId,
    visitor: visitorId(),
    receivedAt: NOW,
    events: [
      { type: "pageview", at: landedAt, url },
      { type: "click", at: landedAt + MINUTE, url, link: "https://shop.example/#buy" },
      { type: "conversion", at: landedAt + 2 * MINUTE, url, conversion: { value: "10.00" } },
    ],
  });

  await ingest(landing);

  const sessions = await db.execute(sql`select events from site.sessions where site_id = ${site.siteId}`);
  expect(sessions.rows).toEqual([{ events: 3 }]);
  expect(await touchpointsOf(site)).toEqual([{ id: clickId, at: landedAt - 500 }]);
});

it("makes a touchpoint of its own of a return to a short link's landing page after the session's end", async () => {
  const site = await createSite(db);
  const landedAt = NOW - 200 * MINUTE;
  const returnedAt = landedAt + 90 * MINUTE;
  const clickId = eventId(landedAt - 500);
  const returnId = eventId(returnedAt);
  const url = `https://shop.example/?wm_click=pod.${clickId}`;

  await ingest(
    ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: NOW,
      events: [
        { type: "pageview", at: landedAt, url },
        { type: "pageview", at: returnedAt, url, id: returnId },
      ],
    }),
  );

  expect(await touchpointsOf(site)).toEqual([
    { id: clickId, at: landedAt - 500 },
    { id: returnId, at: returnedAt },
  ]);
});
