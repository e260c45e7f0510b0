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

it.each(["at once", "the return first"])(
  "makes a touchpoint of its own of a return to the landing page after another source: %s",
  async (order) => {
    const site = await createSite(db);
    const landedAt = NOW - 100 * MINUTE;
    const clickId = eventId(landedAt - 500);
    const [otherId, returnId] = [eventId(landedAt + 5 * MINUTE), eventId(landedAt + 10 * MINUTE)];
    const visitor = visitorId();
    const url = `https://shop.example/?utm_source=pod&wm_click=pod.${clickId}`;
    const other = { url: "https://shop.example/", referrer: "https://www.google.com/" };
    const landing = { type: "pageview" as const, at: landedAt, url };
    const search = { type: "pageview" as const, at: landedAt + 5 * MINUTE, id: otherId, ...other };
    const back = { type: "pageview" as const, at: landedAt + 10 * MINUTE, id: returnId, url };
    const batches = order === "at once" ? [[landing, search, back]] : [[back], [search], [landing]];
    for (const events of batches)
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what is meant
      await ingest(ingestMessage({ siteId: site.siteId, visitor, receivedAt: NOW, events }));
    expect(await touchpointsOf(site)).toEqual([
      { id: clickId, at: landedAt - 500 },
      { id: otherId, at: landedAt + 5 * MINUTE },
      { id: returnId, at: landedAt + 10 * MINUTE },
    ]);
  },
);

it("keeps the click before what followed it when the visitor's clock is half a minute behind the edge's", async () => {
  const site = await createSite(db);
  const clickedAt = NOW - 10 * MINUTE;
  const behind = 30_000;
  const url = `https://shop.example/?wm_click=pod.${eventId(clickedAt)}`;
  const visit = ingestMessage({
    siteId: site.siteId,
    visitor: visitorId(),
    receivedAt: clickedAt + 15_000,
    sentAt: clickedAt + 15_000 - behind,
    events: [
      { type: "pageview", at: clickedAt + 1_000 - behind, url },
      { type: "conversion", at: clickedAt + 11_000 - behind, url, conversion: { value: "10.00" } },
    ],
  });

  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [visit]);

  const { rows } = await db.execute(sql`
    select t.at <= c.at as "isBefore" from site.conversions c
    join site.touchpoints t on t.site_id = c.site_id and t.visitor_id = c.visitor_id
    where c.site_id = ${site.siteId}`);
  expect(rows).toEqual([{ isBefore: true }]);
});
