// @module-tag long
import { sql, type SQL } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { breakdownRows, type BreakdownQuestion } from "#db/queries/analytics/breakdown-rows.ts";
import { creditDays } from "#db/queries/analytics/credit-days.ts";
import {
  dataVersion,
  refundTotals,
  spendRows,
  trafficDays,
  trafficHours,
} from "#db/queries/analytics/traffic.ts";
import { answerVersion } from "#db/queries/answers/answer-version.ts";
import { hashedJoins } from "#db/queries/attribution/journey-rows.ts";
import { creditRows } from "#db/queries/attribution/credit-rows.ts";
import { dayCounts } from "#db/queries/spend/deal-rows.ts";
import { ratesInUse } from "#db/queries/spend/rate-rows.ts";
import { dayRollSettings, insertDay } from "#db/queries/rollups/roll-up-day.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { explain, growthOf, outgrown } from "#tests/support/query-plan.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";

/** Facts whose sequential scan would grow with everything that was ever stored (decisions 32). */
const FACTS =
  /^(events(_\d{4}_\d{2})?|bot_events.*|sessions|touchpoints|conversions|receipts|rollup_hours|rollup_periods|credit_days|data_versions)$/;
/** The statistics of the long arrays, which take seconds, are gathered once: those that are added are no different. */
const GROWN = `site.sessions, site.touchpoints, site.events, site.conversions, site.rollup_hours, site.data_versions,
  site.credit_days, site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency)`;
const MANY = ["site.sessions", "site.touchpoints", "site.events", "site.conversions", "site.rollup_hours"];
/**
 * The facts end with the last whole month: of one that has just begun there would be a page, which Postgres rightly reads
 * from end to end.
 */
const END = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth()));
const NOW = END.getTime() - 1;
const today = siteDay(NOW, "UTC");
const range = { from: addDays(today, -29), to: today };
const quarter = { from: addDays(today, -89), to: today };

let db: Database;
let client: Client;
let site: TestSite;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
  site = await createSite(db, { timeZone: "UTC" });
  await withoutIndexes(client, MANY, async () => await fill(site, 20_000));
  await client.query("analyze");
});

afterAll(async () => {
  await client.end();
});

/** Sessions in order of time, over 400 days, a touchpoint each, a tenth of them converting; and the rolled-up hours. */
async function fill({ siteId }: TestSite, sessions: number): Promise<void> {
  await client.query(
    `insert into site.sources (site_id, fingerprint, channel, matcher_version)
     select $1::int, md5(i::text), (array['email','direct','paid-search','referral'])[1 + i % 4], 1 from generate_series(1, 200) i
     on conflict do nothing`,
    [siteId],
  );
  const { rows } = await client.query<{ lo: number; n: number }>(
    "select min(id) as lo, count(*)::int as n from site.sources where site_id = $1",
    [siteId],
  );
  const [sources] = rows;
  await client.query(
    `with s as (
       select gen_random_uuid() as id, gen_random_uuid() as visitor, $2::int + i % $3::int as source_id, i,
         $5::timestamptz - (1 - i / ($4::float8 + 1)) * interval '400 days' as at
       from generate_series(1, $4::int) i
     ), sessions as (
       insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
         stretch_ended_at, source_id, opens, pageviews, events)
       select $1::int, id, visitor, at, at, at, at, source_id, 2, 1, 1 from s
     ), events as (
       insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, type, opens, flags, source_id)
       select $1::int, (left(site.uuid7_floor(at)::text, 14) || '7' || substr(id::text, 16))::uuid, at, at, visitor, 3, 2, 8, source_id
       from s where i % 4 = 0
     ), touchpoints as (
       insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
       select $1::int, id, 0, visitor, at, source_id, id, at from s
     )
     insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes,
       is_test, copies)
     select $1::int, gen_random_uuid(), visitor, at + interval '1 minute', 'purchase', 1000, 'EUR', '{}', false, 1
     from s where i % 10 = 0`,
    [siteId, sources?.lo, sources?.n, sessions, END],
  );
  await client.query(
    `insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
       pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
     select $1::int, $2::timestamptz - (h + 1) * interval '1 hour', scope, key, 'all', '', '', 0, 0, 1, 1, 1, 0, 0, 0
     from generate_series(0, 24 * 400) h,
       (values ('site', ''), ('channel', 'email'), ('campaign', '1')) as k (scope, key)`,
    [siteId, END],
  );
  await fillPeriods(siteId);
}

/** Days, weeks and months as they are put together, of a thousand pages and of what is small; kept credit, of more sites too. */
async function fillPeriods(siteId: number): Promise<void> {
  await client.query(
    `with period as (
       select 'day' as span, d::date as starts_on from generate_series($2::date - 400, $2::date, interval '1 day') d
       union all select 'week', date_trunc('week', d)::date from generate_series($2::date - 400, $2::date - 7, interval '7 days') d
       union all select 'month', date_trunc('month', d)::date from generate_series($2::date - 400, $2::date - 31, interval '1 month') d
     ),
     place (scope, scope_key, dimension, n) as (
       values ('site', '', 'all', 1), ('campaign', '1', 'all', 1), ('site', '', 'channel', 12), ('site', '', 'campaign', 40),
         ('site', '', 'landing_page', 1001), ('channel', 'email', 'landing_page', 1001), ('campaign', '1', 'country', 60)
     ),
     part as materialized (
       select place.*, array_fill(1, array[n]) as ones, array_fill(100::bigint, array[n]) as hundreds,
         (select array_agg(i::text) from generate_series(1, n) i) as entries,
         (select array_agg(i * 6) from generate_series(1, n) i) as ends, decode(repeat('010102030405', n), 'hex') as sketches
       from place
     )
     insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms,
       entries, impressions, clicks, pageviews, sessions, visitors, conversions, revenue_minor, refund_minor, sketch_ends,
       sketches)
     select $1::int, scope, scope_key, dimension, span, starts_on, c.currency, now(), 1, entries, ones, ones, ones, ones, ones,
       ones, hundreds, hundreds, ends, sketches
     from period, part, (values (''), ('EUR')) as c (currency)`,
    [siteId, today],
  );
  await client.query(
    `insert into site.data_versions (site_id, day, version)
     select $1::int + s * 1000, d::date, 3
     from generate_series(0, 40) s, generate_series($2::date - 430, $2::date, interval '1 day') d`,
    [siteId, today],
  );
  await client.query(
    `insert into site.credit_days (site_id, day, lookback_days, direct, version, credit)
     select $1::int + s * 1000, d::date, 30, 'keep', '93/m1/UTC', '[]'
     from generate_series(0, 40) s, generate_series($2::date - 400, $2::date, interval '1 day') d`,
    [siteId, today],
  );
}

const FACTORS = [{ day: today, currency: "USD", up: "100", down: "108" }];

function breakdown(asked: Partial<BreakdownQuestion> & Pick<BreakdownQuestion, "dimension">): SQL {
  const place = { siteId: site.siteId, scope: "site", scopeKey: "", ...quarter } as const;
  return breakdownRows({
    ...place,
    currency: "EUR",
    factors: FACTORS,
    sort: "visitors",
    limit: 51,
    after: null,
    ...asked,
  });
}

const questions: Record<string, () => SQL> = {
  credit: () => creditRows({ siteId: site.siteId, ...range, lookbackDays: 30, direct: "keep" }),
  "days of the site": () => trafficDays({ siteId: site.siteId, ...range, campaignId: null }),
  "days of a campaign": () => trafficDays({ siteId: site.siteId, ...range, campaignId: 1 }),
  "hours of the site": () => trafficHours({ siteId: site.siteId, ...range, campaignId: null }),
  "the whole site": () => breakdown({ dimension: "all", limit: 1 }),
  channels: () => breakdown({ dimension: "channel" }),
  campaigns: () => breakdown({ dimension: "campaign" }),
  "pages of the site": () => breakdown({ dimension: "landing_page" }),
  "pages of a channel by revenue": () =>
    breakdown({ scope: "channel", scopeKey: "email", dimension: "landing_page", sort: "revenue" }),
  "countries of a campaign": () => breakdown({ scope: "campaign", scopeKey: "1", dimension: "country" }),
  "kept credit": () => creditDays({ siteId: site.siteId, ...quarter, lookbackDays: 30, direct: "keep" }),
  "version of an answer": () =>
    answerVersion({ siteId: site.siteId, ...quarter, nowIso: new Date(NOW).toISOString() }),
  version: () => dataVersion(site.siteId, quarter.from, quarter.to),
  refunds: () => refundTotals(site.siteId, range.from, range.to),
  spend: () => spendRows(site.siteId, range.from, range.to),
  "rates in use": () => ratesInUse({ siteId: site.siteId, ...quarter }),
  "counts of deals": () => dayCounts({ siteId: site.siteId, campaignIds: [1, 2], ...quarter }),
};

/** Counts a day in the midst of the others anew. */
const day = addDays(today, -30);
const rollDay = async () =>
  await explain(client, insertDay(site.siteId, day), [
    sql`delete from site.rollup_periods where site_id = ${site.siteId} and span = 'day' and starts_on = ${day}::date`,
    dayRollSettings(),
  ]);

describe("what a screen and the roll of a day read", () => {
  it("never scans facts, and reads no more when other sites grow tenfold", async () => {
    const asked = Object.entries(questions).map(
      ([name, question]) =>
        [
          name,
          async () => await explain(client, question(), name === "credit" ? [hashedJoins()] : []),
        ] as const,
    );
    const growth = await growthOf(
      { ...Object.fromEntries(asked), "roll of a day": rollDay },
      {
        facts: FACTS,
        grow: async () => {
          const others = [await createSite(db), await createSite(db)];
          await withoutIndexes(client, MANY, async () => {
            for (const other of others) await fill(other, 90_000);
          });
          await client.query(`analyze ${GROWN}`);
        },
        fewPages: 50,
      },
    );

    expect(Object.keys(growth)).toHaveLength(18);
    expect(outgrown(growth)).toEqual({});
  }, 120_000);
});
