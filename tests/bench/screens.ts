import { sql, type SQL } from "drizzle-orm";
import type { Client } from "pg";
import { DIMENSIONS, type Dimension } from "#core/rollup/dimensions.ts";
import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { breakdownRows, type BreakdownQuestion } from "#db/queries/analytics/breakdown-rows.ts";
import { creditDays } from "#db/queries/analytics/credit-days.ts";
import {
  campaignNames,
  dataVersion,
  refundTotals,
  spendRows,
  trafficDays,
} from "#db/queries/analytics/traffic.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { mergeStaleSpans } from "#usecases/rollups/merge-stale-spans.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { fillTraffic } from "./fill-traffic.ts";
import { median, startTrafficDatabase } from "./traffic-database.ts";

/** `BENCH_EVENTS` makes it smaller: the filling takes minutes. */
const EVENTS = Number(process.env["BENCH_EVENTS"] ?? 10_000_000);
const DAYS = 90;
const DAY_MS = 86_400_000;
const ROUNDS = 5;
const TARGET_MS = 30;

/**
 * What each screen asks of Postgres, over 90 days of 10 M events, warm: the time of each query as Postgres itself counts
 * it, the median of five. Beside it the first read of a range whose credit is not kept yet, a whole answer of the API's
 * use case with every query in it, and what the rollups take on disk.
 */
export async function bench() {
  const { db, client, siteId, stop } = await startTrafficDatabase();
  try {
    const to = new Date().toISOString().slice(0, 10);
    const from = addDays(to, 1 - DAYS);
    await fillDays({ db, client, siteId }, { from, events: EVENTS });
    const answer = async () => await askOverview(db, siteId, { from, to });
    const coldMs = await timedMs(answer);
    const warmMs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) warmMs.push(await timedMs(answer));
    const results = [];
    for (const [name, query] of Object.entries(questions(siteId, from, to))) {
      const ms = await executionMs(db, query);
      results.push({
        name: `screen: ${name}`,
        ratio: ms / TARGET_MS,
        target: 1,
        bound: "at most" as const,
        detail: `${ms.toFixed(1)} ms of ${TARGET_MS} ms`,
      });
    }
    return [
      ...results,
      {
        name: "screen: the whole overview",
        ratio: null,
        target: null,
        detail: `${median(warmMs).toFixed(0)} ms from question to answer, ${coldMs.toFixed(0)} ms the first time; ${await rollupBytes(client)}`,
      },
    ];
  } finally {
    await stop();
  }
}

type Filled = { db: Database; client: Client; siteId: number };

/** So many events over 90 days, rolled up. */
export async function fillDays(
  { db, client, siteId }: Filled,
  { from, events: all }: { from: string; events: number },
): Promise<void> {
  const events = Math.round(all / DAYS);
  for (let day = 0; day < DAYS; day += 1) {
    const fromMs = Date.parse(`${from}T00:00:00Z`) + day * DAY_MS;
    await fillTraffic(client, { siteId, events, fromMs, toMs: fromMs + DAY_MS - 10_000, visitors: events });
    await client.query(
      `insert into site.data_versions (site_id, day, version) values ($1, $2, 1) on conflict do nothing`,
      [siteId, addDays(from, day)],
    );
  }
  await client.query("vacuum analyze");
  await client.query(
    `insert into site.stale_hours (site_id, bucket, version, marked_at)
     select $1::int, h, 1, now() from generate_series($2::timestamptz, $2::timestamptz + $3::int * interval '1 day' - interval '1 hour', interval '1 hour') h`,
    [siteId, `${from}T00:00:00Z`, DAYS],
  );
  while ((await rollUpStaleHours({ db })).hours > 0) {
    // Each run takes the next ones.
  }
  await mergeStaleSpans({ db }, { settleSeconds: 0 });
  await client.query("vacuum analyze");
}

function questions(siteId: number, from: string, to: string): Record<string, SQL> {
  const place = { siteId, from, to, scope: "site", scopeKey: "" } as const;
  const whole = { ...place, currency: "EUR", sort: "visitors", after: null, limit: 51 } as const;
  const breakdown = (asked: Partial<BreakdownQuestion> & { dimension: Dimension | "all" }) =>
    breakdownRows({ ...whole, ...asked });
  const campaign = { scope: "campaign", scopeKey: String(siteId * 1_000 + 1) } as const;
  return {
    "days of the site": trafficDays({ siteId, from, to, campaignId: null }),
    "visitors of the site": breakdown({ dimension: "all" }),
    "channels of the overview": breakdown({ dimension: "channel", limit: 1_001 }),
    "campaigns of the overview": breakdown({ dimension: "campaign", limit: 1_001 }),
    "kept credit": creditDays({ siteId, from, to, lookbackDays: 30, direct: "keep" }),
    "version, refunds, spend, names": sql`select (select count(*) from (${dataVersion(siteId, from, to)}) a),
      (select count(*) from (${refundTotals(siteId, from, to)}) b), (select count(*) from (${spendRows(siteId, from, to)}) c),
      (select count(*) from (${campaignNames(siteId)}) d)`,
    ...Object.fromEntries(
      DIMENSIONS.map((dimension) => [`breakdown by ${dimension}`, breakdown({ dimension })]),
    ),
    "breakdown by landing_page and revenue": breakdown({ dimension: "landing_page", sort: "revenue" }),
    "landing pages of a campaign": breakdown({ ...campaign, dimension: "landing_page" }),
    "channels of a campaign": breakdown({ ...campaign, dimension: "channel" }),
  };
}

async function executionMs(db: Database, query: SQL): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const { rows } = await db.execute<{ "QUERY PLAN": { "Execution Time": number }[] }>(
      sql`explain (analyze, timing off, serialize text, format json) ${query}`,
    );
    // The first one warms the cache.
    if (round > 0) times.push(rows[0]?.["QUERY PLAN"][0]?.["Execution Time"] ?? Number.NaN);
  }
  return median(times);
}

async function askOverview(
  db: Database,
  siteId: number,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const answer = await getSiteAnalytics(
    { databases: { named: () => db, names: () => ["main"] }, clock: { now: () => new Date() } },
    {
      site: { siteId, publicId: "site_bench", database: "main" },
      from,
      to,
      compare: "none",
      model: "last",
      lookbackDays: 30,
      direct: "keep",
    },
  );
  if (!answer.ok) throw new Error(`No answer: ${answer.error.kind}`);
}

async function rollupBytes(client: Client): Promise<string> {
  const { rows } = await client.query<{ table: string; bytes: string }>(
    `select t as table, pg_total_relation_size('site.' || t) as bytes
     from unnest(array['rollup_hours', 'rollup_periods', 'credit_days']) t`,
  );
  return rows
    .map(({ table, bytes }) => `${table} ${(Number(bytes) / EVENTS).toFixed(1)} B an event`)
    .join(", ");
}

async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
