import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { refusedSince, type RefusedByCode } from "./refused-hours.ts";

export type TrackingHealthRow = {
  firstEventAt: string | null;
  lastReceivedAt: string | null;
  bodies: number;
  received: number;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: number;
  deadLettered: number;
  lagBodies: number;
  lagP50Seconds: number | null;
  lagP95Seconds: number | null;
  lastEventType: number | null;
  lastEventReceivedAt: string | null;
  lastEventHost: string | null;
  lastEventPath: string | null;
  staleHours: number;
  staleSince: string | null;
  /** Events by hour of the last eight days, from the rollups. */
  activity: { at: string; events: number }[];
  refused: RefusedByCode;
};

export type TrackingHealthQuestion = { siteId: number; nowIso: string; refusedSinceIso: string };

const RECENT_BODIES = 200;
const RECENT_EVENTS = 20;

/**
 * Whether events arrive and how soon they are stored, from the newest receipts and events by their keys, the stale
 * marks and eight days of hourly sums: the same few hundred rows however large the site is. A receipt's id holds the
 * time at which collect received the body, so that with `stored_at` the lag of each is known.
 */
export async function loadTrackingHealth(
  db: Database,
  question: TrackingHealthQuestion,
): Promise<TrackingHealthRow> {
  const { rows } = await db.execute<TrackingHealthRow>(trackingHealthStatement(question));
  const [row] = rows;
  if (!row) throw new Error(`Cannot tell the tracking health of site ${question.siteId}`);
  return { ...row, activity: row.activity ?? [], refused: row.refused ?? [] };
}

/** The statement of `loadTrackingHealth`, by itself for the test of its plan. */
export function trackingHealthStatement({ siteId, nowIso, refusedSinceIso }: TrackingHealthQuestion): SQL {
  return sql`
    with receipt as materialized (
      select site.uuid7_time(receipt_id) as received_at, stored_at, received, stored, duplicate, bot, rejected,
        dead_lettered
      from site.receipts where site_id = ${siteId} order by receipt_id desc limit ${RECENT_BODIES}
    ),
    timed as (
      select greatest(extract(epoch from stored_at - received_at), 0)::float8 as lag
      from receipt
      where stored_at is not null and received_at > ${nowIso}::timestamptz - interval '1 hour'
    ),
    newest as materialized (
      select event_id, type, received_at, page_id
      from site.events where site_id = ${siteId} order by event_id desc limit ${RECENT_EVENTS}
    ),
    latest as (select * from newest order by received_at desc, event_id desc limit 1),
    stale as (select count(*)::int as hours, min(least(marked_at, ${nowIso}::timestamptz)) as since from site.stale_hours where site_id = ${siteId}),
    hourly as (
      select bucket, sum(impressions + clicks + pageviews + conversions)::int as events
      from site.rollup_hours
      where site_id = ${siteId} and scope = 'site' and scope_key = '' and dimension = 'all'
        and bucket >= ${nowIso}::timestamptz - interval '8 days'
      group by bucket
    )
    select ${iso(sql`t.first_event_at`)} as "firstEventAt", ${iso(sql`r.received_at`)} as "lastReceivedAt",
      r.bodies, r.received, r.stored, r.duplicate, r.bot, r.rejected, r.dead_lettered as "deadLettered",
      l.bodies as "lagBodies", l.p50 as "lagP50Seconds", l.p95 as "lagP95Seconds", e.type as "lastEventType",
      ${iso(sql`e.received_at`)} as "lastEventReceivedAt", g.host as "lastEventHost", g.path as "lastEventPath",
      s.hours as "staleHours", ${iso(sql`s.since`)} as "staleSince",
      (select json_agg(json_build_object('at', ${iso(sql`h.bucket`)}, 'events', h.events)) from hourly h) as activity,
      ${refusedSince(siteId, refusedSinceIso)} as refused
    from site.sites t
    cross join (
      select count(*)::int as bodies, max(received_at) as received_at, coalesce(sum(received), 0)::int as received,
        coalesce(sum(stored), 0)::int as stored, coalesce(sum(duplicate), 0)::int as duplicate,
        coalesce(sum(bot), 0)::int as bot, coalesce(sum(rejected), 0)::int as rejected,
        coalesce(sum(dead_lettered), 0)::int as dead_lettered
      from receipt
    ) r
    cross join (
      select count(*)::int as bodies, percentile_cont(0.5) within group (order by lag) as p50,
        percentile_cont(0.95) within group (order by lag) as p95
      from timed
    ) l
    cross join stale s
    left join latest e on true
    left join site.pages g on g.id = e.page_id
    where t.id = ${siteId}`;
}

function iso(instant: SQL): SQL {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
