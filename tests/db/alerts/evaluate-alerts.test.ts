// @module-tag long
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import { answerRequests, addDeadLetter, fillRhythm, setHour, storeBody } from "#tests/support/alert-facts.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { evaluateAlerts } from "#usecases/alerts/evaluate-alerts.ts";
import { alertDeps, HOUR_MS, MINUTE_MS, type AlertDeps } from "./alert-deps.ts";

const NOON = Date.parse("2026-03-11T12:00:00.000Z");

let db: Database;
let deps: AlertDeps;

beforeEach(async () => {
  ({ db } = await createDatabase());
  deps = alertDeps(db);
});

type Row = {
  kind: string;
  status: string;
  subject: string;
  missing: string | null;
  cause: Record<string, unknown>;
};

async function alerts(): Promise<Row[]> {
  const { rows } = await db.execute<Row>(
    sql`select kind, status, subject, missing, cause from control.alerts order by id`,
  );
  return rows;
}

async function addChannel(accountId: number | null, quiet?: { from: number; to: number; zone: string }) {
  await db.execute(sql`
    insert into control.alert_channels (public_id, account_id, kind, name, target, secret, quiet_from, quiet_to,
      quiet_zone, created_at, updated_at)
    values (${systemIds.publicId("ach", new Date())}, ${accountId}, 'webhook', 'Ops', 'http://localhost/hook', 's3cret',
      ${quiet?.from ?? null}::smallint, ${quiet?.to ?? null}::smallint, ${quiet?.zone ?? null}, now(), now())`);
}

async function notices(): Promise<{ notice: string; status: string }[]> {
  const { rows } = await db.execute<{ notice: string; status: string }>(
    sql`select notice, status from control.alert_deliveries order by id`,
  );
  return rows;
}

/** `errors` of a hundred requests fail in each of the minutes. */
async function fillMinutes(fromMs: number, minutes: number, errors: number): Promise<void> {
  for (let n = 0; n < minutes; n += 1) {
    const minuteMs = fromMs + n * MINUTE_MS;
    await answerRequests(db, { minuteMs, route: "/api/v1/sites", status: 200, requests: 100 - errors });
    if (errors > 0) {
      await answerRequests(db, {
        minuteMs,
        route: "/api/v1/sites/:siteId",
        status: 503,
        code: "temporarily_unavailable",
        requests: errors,
      });
    }
  }
}

async function lookEachMinute(fromMs: number, toMs: number, stepMs = MINUTE_MS): Promise<void> {
  for (let atMs = fromMs; atMs <= toMs; atMs += stepMs) await deps.look(atMs);
}

describe("the error rate", () => {
  it("fires after five bad minutes, names the cause, and is over after ten good ones", async () => {
    await addChannel(null);
    await fillMinutes(NOON, 10, 5);
    await fillMinutes(NOON + 10 * MINUTE_MS, 20, 0);

    await lookEachMinute(NOON + MINUTE_MS, NOON + 5 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ kind: "error-rate", status: "pending" }]);
    expect(await notices()).toEqual([]);
    await deps.look(NOON + 6 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ kind: "error-rate", status: "firing" }]);
    await deps.deliverAll();
    expect(deps.posts).toHaveLength(1);
    const told = JSON.parse(deps.posts[0]?.body ?? "") as {
      type: string;
      alert: { text: string; url: string };
    };
    expect(told.type).toBe("alert.fired");
    expect(told.alert.text).toBe(
      "25 of 500 requests of the last 5 minutes failed (5.0 %). 25 of 25 failed requests were 503 (temporarily_unavailable) on GET /api/v1/sites/:siteId.",
    );
    expect(told.alert.url).toMatch(/\/admin\/monitoring\?range=1h$/);

    await lookEachMinute(NOON + 12 * MINUTE_MS, NOON + 22 * MINUTE_MS, 2 * MINUTE_MS);
    await deps.look(NOON + 23 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ status: "firing" }]);
    await deps.look(NOON + 24 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ status: "resolved", cause: { errors: 15 } }]);
    await deps.deliverAll();
    expect(await notices()).toEqual([
      { notice: "fired", status: "sent" },
      { notice: "resolved", status: "sent" },
    ]);
  });

  it("tells once, however many runs look at the same minute at once", async () => {
    await addChannel(null);
    await fillMinutes(NOON, 10, 5);
    await lookEachMinute(NOON + MINUTE_MS, NOON + 5 * MINUTE_MS);
    const at = new Date(NOON + 6 * MINUTE_MS);
    await Promise.all([evaluateAlerts(deps, at), evaluateAlerts(deps, at), evaluateAlerts(deps, at)]);
    await evaluateAlerts(deps, at);
    expect(await alerts()).toMatchObject([{ status: "firing" }]);
    expect(await notices()).toHaveLength(1);
  });

  it("neither fires nor resolves while nothing is known, and says so", async () => {
    await fillMinutes(NOON, 10, 5);
    await lookEachMinute(NOON + MINUTE_MS, NOON + 6 * MINUTE_MS);
    await lookEachMinute(NOON + 16 * MINUTE_MS, NOON + 40 * MINUTE_MS, 8 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ status: "firing", missing: "no_requests" }]);
  });

  it("is not judged by a handful of requests", async () => {
    await answerRequests(db, { minuteMs: NOON, route: "/api/v1/me", status: 500, requests: 20 });
    await lookEachMinute(NOON + 2 * MINUTE_MS, NOON + 4 * MINUTE_MS);
    expect(await alerts()).toEqual([]);
  });
});

describe("slow answers, waiting hours and dead letters", () => {
  it("fire and are over", async () => {
    const site = await createSite(db);
    for (let n = 0; n < 10; n += 1) {
      await answerRequests(db, {
        minuteMs: NOON + n * MINUTE_MS,
        route: "/slow",
        status: 200,
        requests: 60,
        ms: 3_000,
      });
    }
    await addDeadLetter(db, site, NOON);
    await db.execute(sql`insert into site.stale_hours (site_id, bucket, version, marked_at)
      values (${site.siteId}, ${new Date(NOON).toISOString()}::timestamptz, 1,
        ${new Date(NOON - 20 * MINUTE_MS).toISOString()}::timestamptz)`);
    await lookEachMinute(NOON + 2 * MINUTE_MS, NOON + 8 * MINUTE_MS);
    expect(await alerts()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "slow-answers", status: "firing", subject: "api" }),
        expect.objectContaining({ kind: "dead-letters", status: "firing", subject: "main" }),
        expect.objectContaining({ kind: "rollup-stalled", status: "firing", subject: "main" }),
      ]),
    );
    await db.execute(sql`delete from site.stale_hours`);
    await db.execute(sql`update site.dead_letters set replayed_at = now()`);
    for (let n = 10; n < 40; n += 1) {
      await answerRequests(db, { minuteMs: NOON + n * MINUTE_MS, route: "/slow", status: 200, requests: 60 });
    }
    await lookEachMinute(NOON + 9 * MINUTE_MS, NOON + 31 * MINUTE_MS, 2 * MINUTE_MS);
    expect((await alerts()).map(({ status }) => status)).toEqual(["resolved", "resolved", "resolved"]);
  });
});

describe("a site", () => {
  let busy: TestSite;
  let quiet: TestSite;

  beforeEach(async () => {
    [busy, quiet] = await Promise.all([createSite(db), createSite(db)]);
    await fillRhythm(db, busy, { untilMs: NOON, pageviews: 50, conversions: 20 });
    await fillRhythm(db, quiet, { untilMs: NOON, pageviews: 0, conversions: 0 });
  });

  it("that stops in its busy hours is told of; one that is quiet anyway is not", async () => {
    await addChannel(busy.accountId);
    await storeBody(db, busy, { receivedMs: NOON });
    await storeBody(db, quiet, { receivedMs: NOON });
    await lookEachMinute(NOON + 59 * MINUTE_MS, NOON + 61 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ kind: "site-silent", status: "firing" }]);
    await deps.deliverAll();
    const told = JSON.parse(deps.posts[0]?.body ?? "") as { alert: { text: string } };
    expect(told.alert.text).toBe(
      "No event since 2026-03-11 13:00 (Europe/Berlin); these 60 minutes usually have 71.",
    );

    await storeBody(db, busy, { receivedMs: NOON + 70 * MINUTE_MS });
    await lookEachMinute(NOON + 71 * MINUTE_MS, NOON + 77 * MINUTE_MS, 2 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ kind: "site-silent", status: "resolved" }]);
  });

  it("is judged where its account lives, not by what it left behind when it moved", async () => {
    const second = await createDatabase();
    const databases = {
      names: () => ["main", "second"],
      named: (name: string) => (name === "main" ? db : second.db),
    };
    await db.execute(sql`update control.accounts set database = 'second' where id = ${busy.accountId}`);
    await storeBody(db, busy, { receivedMs: NOON });
    const moved = alertDeps(db, databases);
    await moved.look(NOON + 61 * MINUTE_MS);
    expect(await alerts()).toEqual([]);

    await db.execute(sql`update control.accounts set database = 'main' where id = ${busy.accountId}`);
    await moved.look(NOON + 62 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ kind: "site-silent", status: "firing" }]);
  });

  it("is not called silent while ingest stands still", async () => {
    await storeBody(db, busy, { receivedMs: NOON });
    await db.execute(sql`insert into control.counter_minutes (minute, worker, name, value)
      values (${new Date(NOON + 5 * MINUTE_MS).toISOString()}::timestamptz, 'collect', 'bodies_accepted', 9)`);
    await lookEachMinute(NOON + 61 * MINUTE_MS, NOON + 67 * MINUTE_MS, 2 * MINUTE_MS);
    expect((await alerts()).map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(["ingest-lag queue"]);
  });

  it("with a third of its conversions is told of", async () => {
    for (const site of [busy, quiet]) await storeBody(db, site, { receivedMs: NOON - MINUTE_MS });
    for (let n = 1; n <= 3; n += 1) {
      await setHour(db, busy, { hourMs: NOON - n * HOUR_MS, pageviews: 50, conversions: 6 });
    }
    await lookEachMinute(NOON + 5 * MINUTE_MS, NOON + 14 * MINUTE_MS);
    await lookEachMinute(NOON + 25 * MINUTE_MS, NOON + 36 * MINUTE_MS, 11 * MINUTE_MS);
    expect(await alerts()).toMatchObject([
      {
        kind: "conversion-drop",
        status: "firing",
        cause: { conversions: 18, usual: { median: 60, weeks: 8 } },
      },
    ]);
  });

  it("is not judged by hours that are still to be summed up", async () => {
    for (let n = 1; n <= 3; n += 1) {
      await setHour(db, busy, { hourMs: NOON - n * HOUR_MS, pageviews: 50, conversions: 1 });
    }
    await db.execute(sql`insert into site.stale_hours (site_id, bucket, version, marked_at)
      values (${busy.siteId}, ${new Date(NOON - HOUR_MS).toISOString()}::timestamptz, 1,
        ${new Date(NOON - HOUR_MS).toISOString()}::timestamptz)`);
    await lookEachMinute(NOON + 6 * MINUTE_MS, NOON + 15 * MINUTE_MS);
    expect((await alerts()).filter(({ kind }) => kind === "conversion-drop")).toEqual([]);
  });
});
