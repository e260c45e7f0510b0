import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Schedule } from "#contract/report-schedules.ts";
import { runSchedules } from "#usecases/schedules/run-schedules.ts";
import { createUser } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { daily, runsOf, scheduleDeps } from "./schedule-deps.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The cron of production comes every minute; every quarter of an hour shows the same and spares the machine. */
const STEP_MS = 15 * MINUTE_MS;
const HOURS = [0, 1, 2, 3, 4, 9, 23];
/** Local hours in which something is sent, or was to be just before. Each hour's beginning is enough for the others. */
const NEAR = new Set(HOURS.flatMap((hour) => [hour, (hour + 1) % 24]));

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clock of a zone shows: `YYYY-MM-DD hh:mm`, read from Intl. */
function shown(at: number, timeZone: string): string {
  const known = clocks.get(timeZone);
  const clock =
    known ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  clocks.set(timeZone, clock);
  return clock.format(at).replace(",", "");
}

/** The first minute in which the clock shows this or later. */
function firstMinute(day: string, clock: string, timeZone: string): number {
  let at = Date.parse(`${day}T00:00:00Z`) - 15 * HOUR_MS;
  while (shown(at, timeZone) < `${day} ${clock}`) at += MINUTE_MS;
  return at;
}

const dayAfter = (day: string, count: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

describe.each([
  ["Europe/Berlin", "into summer", "2026-03-29"],
  ["Europe/Berlin", "into winter", "2026-10-25"],
  ["America/New_York", "into summer", "2026-03-08"],
  ["America/New_York", "into winter", "2026-11-01"],
  ["Australia/Lord_Howe", "into winter, by half an hour", "2026-04-05"],
  ["Australia/Lord_Howe", "into summer, by half an hour", "2026-10-04"],
  ["Asia/Kolkata", "which keeps its half hour all year", "2026-03-29"],
])("daily schedules in %s, %s", (timeZone, ...[, day]) => {
  const schedules: { hour: number; schedule: Schedule }[] = [];
  const began = firstMinute(dayAfter(day, -1), "12:00", timeZone);
  const ended = firstMinute(dayAfter(day, 1), "12:00", timeZone);

  beforeAll(async () => {
    await database.db.execute(sql`update site.report_schedules set next_at = null`);
    const site = await createSite(database.db, { timeZone });
    const user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
    const deps = scheduleDeps(database.db, new Date(began).toISOString());
    for (const hour of HOURS) {
      // oxlint-disable-next-line no-await-in-loop
      const schedule = await daily(deps, user, { siteId: site.publicId, hour, timeZone });
      schedules.push({ hour, schedule });
    }
    for (let at = began; at < ended; at += STEP_MS) {
      const [hour, minute] = shown(at, timeZone).slice(11).split(":").map(Number);
      if (!NEAR.has(hour ?? 0) && minute !== 0) continue;
      deps.setNow(new Date(at).toISOString());
      // oxlint-disable-next-line no-await-in-loop
      await runSchedules(deps);
    }
  });

  it("are shown with the hour of each day, or the hour after the gap that swallows it", () => {
    for (const { hour, schedule } of schedules) {
      const [first = ""] = schedule.next;
      const days = schedule.next.map((_, index) =>
        dayAfter(shown(Date.parse(first), timeZone).slice(0, 10), index),
      );
      expect(schedule.next.map((at) => shown(Date.parse(at), timeZone).slice(0, 13))).toEqual(
        days.map((one) =>
          shown(firstMinute(one, `${String(hour).padStart(2, "0")}:00`, timeZone), timeZone).slice(0, 13),
        ),
      );
    }
  });

  it("send once on each local day, within that hour, and report on the day before", async () => {
    for (const { hour, schedule } of schedules) {
      // oxlint-disable-next-line no-await-in-loop
      const runs = await runsOf(database.db, schedule.id);
      const days = hour > 12 ? [dayAfter(day, -1), day] : [day, dayAfter(day, 1)];
      expect(runs.map(({ period, options }) => [period, options.from, options.to])).toEqual(
        days.map((one) => [one, dayAfter(one, -1), dayAfter(one, -1)]),
      );
      for (const { period, created_at } of runs) {
        const struck = firstMinute(period, `${String(hour).padStart(2, "0")}:00`, timeZone);
        const late = Date.parse(created_at) - struck;
        expect(late, `hour ${hour}`).toBeGreaterThanOrEqual(0);
        expect(late, `hour ${hour}`).toBeLessThan(HOUR_MS + STEP_MS);
      }
    }
  });
});
