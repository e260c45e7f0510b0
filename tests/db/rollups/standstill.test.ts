import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
/** In the soak, with the hours of the shop itself, more than one run takes on. */
const SITES = process.env["SOAK"] === "1" ? 84 : 4;
const HOURS = 24;
const HOURS_A_RUN = 2_000;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function waiting(): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`select count(*)::int as n from site.stale_hours`);
  return rows[0]?.n ?? 0;
}

it("a day of standstill is caught up the oldest marks first, so many hours a run, and then the figures are whole", async () => {
  const shop = await createSite(db, { timeZone: "UTC" });
  const bodies = Array.from({ length: HOURS }, (_, hour) => {
    const at = NOW - (hour + 1) * HOUR + 60_000;
    const view = { type: "pageview" as const, at, url: "https://shop.example/" };
    return ingestMessage({ siteId: shop.siteId, visitor: visitorId(), receivedAt: at, events: [view] });
  });
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, bodies);
  await db.execute(sql`update site.stale_hours set marked_at = now() - interval '1 day'`);
  for (let n = 0; n < SITES; n += 1) {
    const { siteId } = await createSite(db, { timeZone: "UTC" });
    await db.execute(sql`
      insert into site.stale_hours (site_id, bucket, version, marked_at)
      select ${siteId}, bucket, 1, bucket + interval '1 minute'
      from generate_series(${new Date(NOW - HOURS * HOUR).toISOString()}::timestamptz,
        ${new Date(NOW - HOUR).toISOString()}::timestamptz, interval '1 hour') as g (bucket)`);
  }
  const marked = await waiting();
  expect(marked).toBe((SITES + 1) * HOURS);

  const first = Math.min(marked, HOURS_A_RUN);
  expect(await rollUpStaleHours({ db })).toEqual({ hours: first });

  expect(await waiting()).toBe(marked - first);
  const { rows } = await db.execute(sql`
    select count(*)::int as hours, sum(pageviews)::int as pageviews from site.rollup_hours
    where site_id = ${shop.siteId} and scope = 'site' and currency = ''`);
  expect(rows).toEqual([{ hours: HOURS, pageviews: HOURS }]);
  expect(await rollUpStaleHours({ db })).toEqual({ hours: marked - first });
  expect(await waiting()).toBe(0);
}, 120_000);
