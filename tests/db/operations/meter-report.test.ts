import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { latencyQuantile } from "#core/operations/latency-histogram.ts";
import type { Database } from "#db/database.ts";
import { deleteOldMeasures } from "#db/queries/operations/delete-old-measures.ts";
import { readRequestWindow } from "#db/queries/operations/request-window.ts";
import { systemIds } from "#platform/ids.ts";
import { isolateMeter, meterTally, type Meter } from "#platform/meter.ts";
import type { MeterReport } from "#contract/meter-report.ts";
import { meterReport } from "#contract/meter-report.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { addMeterReport } from "#usecases/operations/add-meter-report.ts";

const NOON = Date.parse("2026-03-09T12:00:00Z");
const MINUTE_MS = 60_000;
const clock = { now: () => new Date(nowMs) };
let nowMs = NOON;
let db: Database;

beforeEach(async () => {
  nowMs = NOON;
  ({ db } = await createDatabase());
});

const deps = () => ({ databases: { named: () => db, names: () => ["main"] }, log() {}, errorTracker: null });

/** What an isolate's meter tells of what `note` notes, as the queue carries it. */
async function reportOf(note: (meter: Meter) => void): Promise<MeterReport> {
  const told: MeterReport[] = [];
  const work: Promise<unknown>[] = [];
  const meter = isolateMeter({
    worker: "api",
    tally: meterTally(),
    clock,
    ids: systemIds,
    tell: async (report) => told.push(report),
    lost: () => expect.unreachable(),
    pauseMs: async () => undefined,
    defer: (later) => work.push(later),
  });
  note(meter);
  await Promise.all(work);
  expect(told).toHaveLength(1);
  return meterReport.parse(JSON.parse(JSON.stringify(told[0])));
}

const get = (ms: number, status = 200, code: string | null = null) => ({
  route: "/api/v1/sites/:siteId",
  method: "GET",
  status,
  code,
  ms,
});
const window = { from: new Date(NOON), to: new Date(NOON + 5 * MINUTE_MS) };

describe("measures that isolates report", () => {
  test("add up over reports, and a report that comes again adds nothing", async () => {
    const first = await reportOf((meter) => {
      for (const ms of [10, 20, 30]) meter.request(get(ms));
      meter.request(get(400, 503, "temporarily_unavailable"));
      meter.count("cache_hit", 3);
    });
    nowMs += MINUTE_MS;
    const second = await reportOf((meter) => {
      meter.request(get(10));
      meter.request(get(700, 503, "temporarily_unavailable"));
      meter.count("cache_hit");
    });
    for (const report of [first, second, first, second]) await addMeterReport(deps(), report);

    const sums = await readRequestWindow(db, window);
    expect(sums).toMatchObject({ requests: 6, errors: 2 });
    expect(sums.failed).toEqual([
      {
        worker: "api",
        route: "/api/v1/sites/:siteId",
        method: "GET",
        status: 503,
        code: "temporarily_unavailable",
        requests: 2,
      },
    ]);
    expect(latencyQuantile(sums.histogram, 0.5)).toBeCloseTo(20, 0);
    expect(Math.abs((latencyQuantile(sums.histogram, 1) ?? 0) - 700)).toBeLessThanOrEqual(7);
    const { rows } = await db.execute(sql`
      select (select count(*)::int from control.request_minutes) as minutes,
        (select sum(requests)::int from control.request_hours) as in_hours,
        (select count(*)::int from control.request_hours) as hours,
        (select sum(value)::int from control.counter_minutes) as hits`);
    expect(rows).toEqual([{ minutes: 4, in_hours: 6, hours: 2, hits: 4 }]);
  });

  test("of reports that come at once none is lost", async () => {
    const reports = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => await reportOf((meter) => meter.request(get(index)))),
    );
    await Promise.all([...reports, ...reports].map(async (report) => await addMeterReport(deps(), report)));
    expect(await readRequestWindow(db, window)).toMatchObject({ requests: 12, errors: 0, failed: [] });
  });

  test("are of the minutes, Workers and route asked for only", async () => {
    await addMeterReport(deps(), await reportOf((meter) => meter.request(get(5))));
    await addMeterReport(deps(), { ...(await reportOf((meter) => meter.request(get(5)))), worker: "jobs" });
    const of = async (given: object) => (await readRequestWindow(db, { ...window, ...given })).requests;
    expect(await of({})).toBe(1);
    expect(await of({ workers: ["jobs", "api"] })).toBe(2);
    expect(await of({ route: "/api/v1/me" })).toBe(0);
    expect(await of({ from: new Date(NOON + MINUTE_MS) })).toBe(0);
    expect(await of({ to: new Date(NOON) })).toBe(0);
  });

  test("say of a window without requests that there are none", async () => {
    expect(await readRequestWindow(db, window)).toEqual({
      requests: 0,
      errors: 0,
      histogram: new Map(),
      failed: [],
    });
  });

  test("group errors of one kind, with when they came first and last, and keep nothing personal", async () => {
    const boom = (order: string) => ({
      event: "bug",
      name: "TypeError",
      message: `Cannot read order ${order} of ada@example.com`,
      requestId: `req-${order}`,
    });
    await addMeterReport(deps(), await reportOf((meter) => meter.failure(boom("A1"))));
    nowMs += 3 * MINUTE_MS;
    const later = await reportOf((meter) => {
      meter.failure(boom("B2"));
      meter.failure(boom("C3"));
    });
    await addMeterReport(deps(), later);
    await addMeterReport(deps(), later);
    const { rows } = await db.execute(sql`
      select worker, event, name, message, sample_request_id as sample, count::int,
        extract(epoch from last_seen_at - first_seen_at)::int as seconds from control.error_groups`);
    expect(rows).toEqual([
      {
        worker: "api",
        event: "bug",
        name: "TypeError",
        message: "Cannot read order [id] of [email]",
        sample: "req-C3",
        count: 3,
        seconds: 180,
      },
    ]);
  });

  test("are kept for 30 days by the minute and 400 by the hour", async () => {
    await addMeterReport(deps(), await reportOf((meter) => meter.request(get(5))));
    const count = async () => {
      const { rows } = await db.execute(sql`
        select (select count(*)::int from control.request_minutes) as minutes,
          (select count(*)::int from control.request_hours) as hours,
          (select count(*)::int from control.meter_reports) as reports`);
      return rows[0];
    };
    const afterDays = (days: number) => new Date(NOON + days * 86_400_000 + MINUTE_MS);
    await deleteOldMeasures(db, afterDays(29));
    expect(await count()).toEqual({ minutes: 1, hours: 1, reports: 1 });
    await deleteOldMeasures(db, afterDays(30));
    expect(await count()).toEqual({ minutes: 0, hours: 1, reports: 0 });
    await deleteOldMeasures(db, afterDays(400));
    expect(await count()).toEqual({ minutes: 0, hours: 0, reports: 0 });
  });
});

describe("a tracker of errors", () => {
  const failing = async () =>
    await reportOf((meter) => {
      meter.failure({ event: "bug", name: "TypeError", message: "no such order 4711", requestId: "req_1" });
    });

  test("is told of a report's errors once, and of a report without errors nothing", async () => {
    const told: string[] = [];
    const errorTracker = { tell: async ({ reportId }: { reportId: string }) => void told.push(reportId) };
    const report = await failing();
    await addMeterReport({ ...deps(), errorTracker }, report);
    await addMeterReport({ ...deps(), errorTracker }, report);
    await addMeterReport({ ...deps(), errorTracker }, await reportOf((meter) => meter.request(get(5))));
    expect(told).toEqual([report.reportId]);
  });

  test("that is away harms nothing: the errors are kept, and the log says so", async () => {
    const lines: string[] = [];
    const errorTracker = { tell: async () => await Promise.reject(new Error("away")) };
    const log = (level: string, event: string) => void lines.push(`${level} ${event}`);
    await addMeterReport({ ...deps(), log, errorTracker }, await failing());
    const { rows } = await db.execute(sql`select count::int from control.error_groups`);
    expect([rows, lines]).toEqual([[{ count: 1 }], ["warn errors_not_told"]]);
  });
});
