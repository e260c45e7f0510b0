// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { daysOf } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const NOW = Date.now();
const QUARTER = 900_000;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

const clock = { now: () => new Date(NOW) };

/** Zones that shift by half an hour, at midnight, into a day twice, or stand off by 30 or 45 minutes. */
const SHIFTS = [
  ["Australia/Lord_Howe", "2026-04-03", "2026-04-06"],
  ["Australia/Lord_Howe", "2025-10-03", "2025-10-06"],
  ["Atlantic/Azores", "2025-10-24", "2025-10-27"],
  ["America/Havana", "2025-10-31", "2025-11-03"],
  ["Africa/Cairo", "2026-04-22", "2026-04-25"],
  ["America/Santiago", "2026-04-03", "2026-04-06"],
  ["Asia/Kathmandu", "2026-01-10", "2026-01-12"],
  ["America/St_Johns", "2026-03-07", "2026-03-09"],
] as const;

describe("days around a shift of the clock", () => {
  it.each(SHIFTS)("hold every event and every order exactly once (%s, %s)", async (timeZone, from, to) => {
    const site = await createSite(db, { timeZone });
    const startMs = Date.parse(`${from}T12:00:00Z`);
    const count = (Date.parse(`${to}T12:00:00Z`) - startMs) / QUARTER;
    const events = Array.from({ length: count }, (_, i) => startMs + i * QUARTER).flatMap((at) => [
      { id: eventId(NOW), at, type: "pageview" as const, url: "https://shop.example/" },
      { id: eventId(NOW), at, type: "conversion" as const, conversion: { value: "1.00" } },
    ]);
    const body = ingestMessage({
      siteId: site.siteId,
      via: "api",
      visitor: visitorId(),
      receivedAt: NOW,
      events,
    });
    await ingestEvents({ db, clock, sites: new Map() }, [body]);
    await rollUpStaleHours({ db });
    const figures = async (first: string, last: string) => {
      const answer = await getSiteAnalytics(
        { databases: { named: () => db, names: () => ["main"] }, clock },
        {
          site: { siteId: site.siteId, publicId: site.publicId, database: "main" },
          from: first,
          to: last,
          compare: "none",
          model: "last",
          lookbackDays: 30,
          direct: "keep",
        },
      );
      if (!answer.ok) throw new Error(answer.error.kind);
      return answer.value;
    };

    const local = await db.execute<{ day: string; n: number }>(sql`
      select (occurred_at at time zone ${timeZone})::date::text as day, count(*)::int as n
      from site.events where site_id = ${site.siteId} and type = 3 group by 1`);
    const expected = new Map(local.rows.map(({ day, n }) => [day, n]));
    const days = daysOf(from, to);
    const whole = await figures(from, to);
    const alone = await Promise.all(days.map(async (day) => (await figures(day, day)).kpis));

    const byDay = days.map((day) => expected.get(day) ?? 0);
    expect(whole.days.map(({ pageviews }) => pageviews)).toEqual(byDay);
    expect(whole.days.map(({ conversions }) => conversions)).toEqual(byDay);
    expect(alone.map(({ pageviews }) => pageviews)).toEqual(byDay);
    expect(alone.map(({ conversions }) => conversions)).toEqual(byDay);
  });
});
