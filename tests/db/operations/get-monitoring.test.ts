// @module-tag long
import { sql } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Monitoring } from "#contract/monitoring.ts";
import type { Database } from "#db/database.ts";
import type { Cache } from "#platform/upstash-cache.ts";
import { databaseStateStatement } from "#db/queries/operations/database-state.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { explain, scannedOf } from "#tests/support/query-plan.ts";
import { createSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";
import { getMonitoring } from "#usecases/operations/get-monitoring.ts";

/** Postgres dates receipts by its own clock. */
const NOW = new Date();
const RECEIPTS = 200_000;
const DAYS = 400;

let main: Database;
let second: Database;
let client: Client;

beforeAll(async () => {
  const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
  main = one.db;
  second = other.db;
  client = await one.connect();
  await Promise.all([createSite(main), createSite(second)]);
});
afterAll(async () => {
  await client.end();
});

async function monitoringOf(isSecondUp = true): Promise<Monitoring> {
  const away = {
    execute: async () => await Promise.reject(new Error("away")),
  } as unknown as Database;
  const named = (name: string) => (name === "main" ? main : isSecondUp ? second : away);
  return await getMonitoring(
    {
      databases: { named, names: () => ["main", "second"] },
      clock: { now: () => NOW },
      cache: { isUp: async () => false } as Cache,
      spillAge: async () => new Date(NOW.getTime() - 90_000),
    },
    "1h",
  );
}

/** Reports and mails of each outcome: so many within the hour, and one of each before it. */
async function order(
  db: Database,
  reports: Record<string, number>,
  mails: Record<string, number>,
): Promise<void> {
  const within = new Date(NOW.getTime() - 600_000).toISOString();
  const before = new Date(NOW.getTime() - 7_200_000).toISOString();
  const each = (counts: Record<string, number>) =>
    JSON.stringify([
      ...Object.keys(counts).map((status) => ({ status, at: before })),
      ...Object.entries(counts).flatMap(([status, n]) =>
        Array.from({ length: n }, () => ({ status, at: within })),
      ),
    ]);
  await db.execute(sql`
    insert into site.reports (account_id, public_id, kind, title, options, status, created_at)
    select 1, gen_random_uuid()::text, 'campaign', 'x', '{}', b.status, b.at
    from jsonb_to_recordset(${each(reports)}::jsonb) as b (status text, at timestamptz) order by b.at`);
  await db.execute(sql`
    insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, created_at, bounced_at)
    select 1, (select min(id) from site.reports), gen_random_uuid()::text, gen_random_uuid()::text, b.status, b.at,
      case when b.status = 'sent' and row_number() over (partition by b.status order by b.at) = 2 then b.at end
    from jsonb_to_recordset(${each(mails)}::jsonb) as b (status text, at timestamptz) order by b.at`);
}

async function count(name: string, value: number, minutesAgo: number): Promise<void> {
  const minute = new Date(NOW.getTime() - minutesAgo * 60_000).toISOString();
  await main.execute(sql`
    insert into control.counter_minutes (minute, worker, name, value)
    values (date_trunc('minute', ${minute}::timestamptz), 'api', ${name}, ${value})`);
}

test("outcomes of reports and mails, the cache and what waits are those of all databases within the range", async () => {
  await order(main, { ready: 3, failed: 1, pending: 2 }, { sent: 4, failed: 1, built: 2 });
  await order(second, { ready: 2, skipped: 1 }, { sent: 1, unknown: 1, pending: 1 });
  await count("cache_hit", 60, 5);
  await count("cache_hit", 15, 20);
  await count("cache_stale", 5, 5);
  await count("cache_miss", 20, 5);
  await count("cache_hit", 1_000, 90);
  await count("bodies_accepted", 12, 90);
  await count("bodies_taken", 9, 5);

  const figures = await monitoringOf();
  expect(figures.reports).toEqual({ ready: 5, failed: 1, skipped: 1, pending: 2 });
  expect(figures.mails).toMatchObject({
    sent: 5,
    failed: 1,
    unknown: 1,
    waiting: 3,
    bounced: 2,
    complained: 0,
  });
  expect(figures.cache).toEqual({ isUp: false, hits: 75, misses: 20, stale: 5, down: 0, hitRate: 0.8 });
  // Accepted before the hour and not taken up: it still waits.
  expect(figures.queues).toMatchObject({ accepted: 0, taken: 9, waiting: 3 });
  expect(figures.queues.oldestSpilledAt).toBe(new Date(NOW.getTime() - 90_000).toISOString());
});

test("a database that is away takes its own figures away, and says so", async () => {
  const figures = await monitoringOf(false);
  expect(figures.reports).toEqual({ ready: 3, failed: 1, skipped: 0, pending: 2 });
  expect(figures.databases.map(({ name, isUp, bytes }) => [name, isUp, bytes === null])).toEqual([
    ["main", true, false],
    ["second", false, true],
  ]);
});

test("what was never measured is null, and no zero", async () => {
  const { requests, ingest, rollup, crons, errors } = await monitoringOf();
  expect(requests.total).toEqual({
    requests: 0,
    errors: 0,
    errorRate: null,
    latency: { p50: null, p95: null, p99: null },
  });
  expect([ingest.lag, rollup.lagSeconds, rollup.lastSuccessAt, crons, errors]).toEqual([
    null,
    null,
    null,
    [],
    [],
  ]);
});

test("an hour's receipts are found by key among those of 400 days, not by reading all of them", async () => {
  await withoutIndexes(client, ["site.receipts"], async () => {
    await client.query(
      `insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, dead_lettered)
       select 1 + i % 3,
         (left(site.uuid7_floor(at)::text, 14) || '7' || right(gen_random_uuid()::text, 21))::uuid,
         date_trunc('hour', at), 1, 1, 0, 0, 0, 0
       from (select i, now() - (i / $1::float8) * interval '${DAYS} days' as at from generate_series(1, $1::int) i) as s`,
      [RECEIPTS],
    );
  });
  await client.query("analyze");
  const from = new Date(NOW.getTime() - 3_600_000);
  const plan = await explain(client, databaseStateStatement({ from, to: NOW, now: NOW }));
  expect(scannedOf(plan, /^receipts$/)).toEqual([]);
  expect(plan["Shared Hit Blocks"]).toBeLessThan(2_000);
});
