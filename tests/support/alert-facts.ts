import { sql } from "drizzle-orm";
import type { Database } from "#db/database.ts";
import { addLatency, histogramPairs, type LatencyHistogram } from "#core/operations/latency-histogram.ts";
import { systemIds } from "#platform/ids.ts";
import type { TestSite } from "./sites.ts";

/** What alerts are measured by, straight into the tables: a test says what was, and when. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEKS = 9;

const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

/** A site that has had as many page views and conversions in every hour of nine weeks, until an instant. */
export async function fillRhythm(
  db: Database,
  site: TestSite,
  { untilMs, pageviews, conversions = 0 }: { untilMs: number; pageviews: number; conversions?: number },
): Promise<void> {
  const fromMs = untilMs - WEEKS * 7 * 24 * HOUR_MS;
  await db.execute(sql`update site.sites set first_event_at = ${at(fromMs)} where id = ${site.siteId}`);
  await db.execute(sql`
    insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
      pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
    select ${site.siteId}, h, 'site', '', 'all', '', c.currency, 0, 0, c.pageviews, 0, 0, c.conversions, 0, 0
    from generate_series(date_trunc('hour', ${at(fromMs)}), ${at(untilMs)} - interval '1 hour', interval '1 hour') as h,
      (values ('', ${pageviews}::int, 0), ('EUR', 0, ${conversions}::int)) as c (currency, pageviews, conversions)
    on conflict do nothing`);
}

/** What one hour of a site came to, whatever it was before. */
export async function setHour(
  db: Database,
  site: TestSite,
  { hourMs, pageviews, conversions }: { hourMs: number; pageviews: number; conversions: number },
): Promise<void> {
  await db.execute(sql`
    delete from site.rollup_hours where site_id = ${site.siteId} and bucket = ${at(hourMs)}`);
  await db.execute(sql`
    insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
      pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
    values (${site.siteId}, ${at(hourMs)}, 'site', '', 'all', '', '', 0, 0, ${pageviews}, 0, 0, 0, 0, 0),
      (${site.siteId}, ${at(hourMs)}, 'site', '', 'all', '', 'EUR', 0, 0, 0, 0, 0, ${conversions}, 0, 0)`);
}

/** A body that collect took at an instant and that was stored `lagMs` later. */
export async function storeBody(
  db: Database,
  site: TestSite,
  { receivedMs, lagMs = 1_000 }: { receivedMs: number; lagMs?: number },
): Promise<void> {
  await db.execute(sql`
    insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, dead_lettered,
      stored_at)
    values (${site.siteId}, ${systemIds.uuid7(new Date(receivedMs))}::uuid, date_trunc('hour', ${at(receivedMs)}, 'UTC'),
      1, 1, 0, 0, 0, 0, ${at(receivedMs + lagMs)})`);
}

export type Answered = {
  minuteMs: number;
  worker?: "api" | "collect";
  route: string;
  method?: string;
  status: number;
  code?: string;
  requests: number;
  ms?: number;
};

/** Requests that were answered in a minute. */
export async function answerRequests(control: Database, answered: Answered): Promise<void> {
  const { minuteMs, worker = "api", route, method = "GET", status, code = "", requests, ms = 20 } = answered;
  const histogram: LatencyHistogram = new Map();
  for (let n = 0; n < requests; n += 1) addLatency(histogram, ms);
  const pairs = histogramPairs(histogram);
  await control.execute(sql`
    insert into control.request_minutes (minute, worker, route, method, status, code, requests, buckets, counts)
    select ${at(minuteMs)}, ${worker}, ${route}, ${method}, ${status}, ${code}, ${requests},
      array_agg((p ->> 0)::int order by n), array_agg((p ->> 1)::int order by n)
    from jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) with ordinality as e (p, n)`);
}

/** A body that nothing can store. */
export async function addDeadLetter(db: Database, site: TestSite, atMs: number): Promise<void> {
  await db.execute(sql`
    insert into site.dead_letters (site_id, receipt_id, reason, message, at)
    values (${site.siteId}, ${systemIds.uuid7(new Date(atMs))}::uuid, 'sqlstate_22003', '{}', ${at(atMs)})`);
}

/** A report of the site's account that could not be built; its public id. */
export async function failReport(db: Database, site: TestSite, atMs: number): Promise<string> {
  const publicId = systemIds.publicId("rep", new Date(atMs));
  await db.execute(sql`
    insert into site.reports (account_id, site_id, public_id, kind, title, options, status, failure, created_at)
    values (${site.accountId}, ${site.siteId}, ${publicId}, 'campaign', 'Spring', '{}', 'failed', 'It took too long',
      ${at(atMs)})`);
  return publicId;
}

export type TestBudget = {
  name: string;
  startsOn: string;
  endsOn: string;
  budgetMinor: number | null;
  targetCpaMinor?: number;
};

/** A campaign that runs, with its money; its int and public id. */
export async function addBudget(
  db: Database,
  site: TestSite,
  { name, startsOn, endsOn, budgetMinor, targetCpaMinor }: TestBudget,
): Promise<{ id: number; publicId: string }> {
  const publicId = systemIds.publicId("cmp", new Date());
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into site.campaigns (site_id, public_id, name, channel, status, currency, starts_on, ends_on, budget_minor,
      target_cpa_minor, created_at, updated_at)
    values (${site.siteId}, ${publicId}, ${name}, 'email', 'active', 'EUR', ${startsOn}, ${endsOn}, ${budgetMinor},
      ${targetCpaMinor ?? null}, now(), now()) returning id`);
  return { id: rows[0]?.id ?? 0, publicId };
}

/** What a campaign cost on a day, in place of what was entered before. */
export async function spend(
  db: Database,
  site: TestSite,
  { campaignId, day, minor }: { campaignId: number; day: string; minor: number },
): Promise<void> {
  await db.execute(sql`
    insert into site.spend (site_id, campaign_id, day, amount_minor, currency, updated_at)
    values (${site.siteId}, ${campaignId}, ${day}, ${minor}, 'EUR', now())
    on conflict (site_id, campaign_id, day, source) do update set amount_minor = excluded.amount_minor`);
}
