import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const DAY = 86_400_000;
const NOW = Math.floor(Date.now() / DAY) * DAY - DAY / 2;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function versionsOf({ siteId }: TestSite): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ day: string; version: string }>(
    sql`select day::text as day, version from site.data_versions where site_id = ${siteId}`,
  );
  return Object.fromEntries(rows.map(({ day, version }) => [day, Number(version)]));
}

it("marks the hour that an order was in when an earlier copy moves it to another one", async () => {
  const site = await createSite(db, { timeZone: "UTC" });
  const HOUR = DAY / 24;
  const copy = (at: number) =>
    ingestMessage({
      siteId: site.siteId,
      receivedAt: NOW,
      events: [{ type: "conversion", at, conversion: { value: "5.00", orderId: "MOVED" } }],
    });
  const ingest = async (at: number) =>
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [copy(at)]);
  await ingest(NOW - HOUR);
  await db.execute(sql`delete from site.stale_hours where site_id = ${site.siteId}`);

  await ingest(NOW - 3 * HOUR);

  const { rows } = await db.execute<{ ms: number }>(sql`
    select extract(epoch from bucket)::float8 * 1000 as ms from site.stale_hours
    where site_id = ${site.siteId} order by 1`);
  expect(rows.map(({ ms }) => ms)).toEqual([NOW - 3 * HOUR, NOW - HOUR]);
});

it("raises the versions of both days when an earlier receipt moves an event from one to the other", async () => {
  const site = await createSite(db, { timeZone: "UTC" });
  const visitor = visitorId();
  const id = eventId(NOW - DAY);
  const body = (at: number, receivedAt: number) =>
    ingestMessage({
      siteId: site.siteId,
      visitor,
      receivedAt,
      events: [{ id, at, type: "pageview", url: "https://shop.example/" }],
    });
  const ingest = async (at: number, receivedAt: number) =>
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [body(at, receivedAt)]);
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  await ingest(NOW, NOW);
  const before = await versionsOf(site);

  await ingest(NOW - DAY, NOW - DAY / 2);

  const after = await versionsOf(site);
  expect(after[day(NOW)]).toBeGreaterThan(before[day(NOW)] ?? 0);
  expect(after[day(NOW - DAY)]).toBe(1);
});
