import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { markVersion } from "#db/queries/ingest/mark-stale.ts";
import { dateRemainingMarks } from "./date-remaining-marks.ts";
import type { StaleHour } from "./list-stale-hours.ts";
import { markDaysOf } from "./stale-periods.ts";
import { hourEdges, hourlyEvents, hourlyMoney, hourlySessions, type HourSpan } from "./hourly-sums.ts";

/** Where a zone shifts by half an hour, one local hour lasts 90 minutes. */
const LONGEST_HOUR_MS = 5_400_000;
/** The most a bigint holds. Amounts are the sender's word, and a hundred absurd ones must not stop the sums of all. */
const MOST_MINOR = sql`9223372036854775807`;

/** A sum of minor units as a bigint holds it. */
export function boundedMinor(sum: SQL): SQL {
  return sql`greatest(least(${sum}, ${MOST_MINOR}), -${MOST_MINOR})::bigint`;
}

/** One roller a site at a time, to the end of the transaction; two would replace each other's rows. */
export function lockSite(siteId: number): SQL {
  return sql`select pg_advisory_xact_lock(hashtextextended('rollup', ${siteId}))`;
}

/**
 * Sums these hours of one site, which should lie close to each other, anew and replaces their rows, in one transaction;
 * their days are marked in it. Never adds: a second run changes nothing, a late event repairs its hour. The mark goes only at the version that was listed: an event that came in
 * meanwhile has raised it, and so its hour stays marked (architecture.md, flow 1).
 */
export async function rollUpHours(db: Database, siteId: number, hours: readonly StaleHour[]): Promise<void> {
  const json = JSON.stringify(hours.map(({ bucket, version }) => ({ b: bucket, v: version })));
  const times = hours.map(({ bucket }) => Date.parse(bucket));
  const span: HourSpan = {
    siteId,
    lo: new Date(Math.min(...times)).toISOString(),
    hi: new Date(Math.max(...times) + LONGEST_HOUR_MS).toISOString(),
  };
  await db.batch([
    db.execute(lockSite(siteId)),
    db.execute(deleteHours(siteId, json)),
    db.execute(insertHours(span, json)),
    db.execute(markDaysOf(siteId, json)),
    db.execute(remarkByZone(siteId, json)),
    db.execute(clearMarks(siteId, json)),
    db.execute(dateRemainingMarks(siteId, json)),
  ]);
}

function deleteHours(siteId: number, json: string): SQL {
  return sql`
    with ${openHours(siteId, json)}
    delete from site.rollup_hours where site_id = ${siteId} and bucket in (select bucket from hour)`;
}

/**
 * CTEs `zone` and `hour`: of the listed hours those that may be rolled up. An hour before `raw_since` has lost events and
 * keeps its rows; of the hour in which `raw_since` lies, after a change of zone, only what came after it is summed, for
 * what came before stands in an hour of the old zone.
 */
function openHours(siteId: number, json: string): SQL {
  return sql`
    zone as materialized (
      select time_zone, coalesce(raw_since, '-infinity') as raw_since from site.sites where id = ${siteId}
    ),
    hour as materialized (
      select h.b as bucket
      from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz) cross join zone
      where site.begins_hour(h.b, zone.time_zone)
        and (zone.raw_since = '-infinity' or h.b >= date_trunc('hour', zone.raw_since, zone.time_zone))
    )`;
}

function insertHours(span: HourSpan, json: string): SQL {
  return sql`
    with ${openHours(span.siteId, json)},
    ${hourEdges(span)}, ${hourlyEvents(span)}, ${hourlySessions(span)}, ${hourlyMoney(span)},
    part as (
      select * from event_part union all select * from session_part union all select * from money_part
    )
    insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
      pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
    select ${span.siteId}, bucket, scope, scope_key, dimension, value, currency, sum(impressions), sum(clicks),
      sum(pageviews), sum(sessions), sum(visitors), sum(conversions), ${boundedMinor(sql`sum(revenue_minor)`)},
      ${boundedMinor(sql`sum(refund_minor)`)}
    from part
    group by bucket, scope, scope_key, dimension, value, currency`;
}

/** A mark from before a change of zone is no hour of the site any more: the hours that it meets are marked in its place. */
function remarkByZone(siteId: number, json: string): SQL {
  return sql`
    insert into site.stale_hours (site_id, bucket, version, marked_at)
    select distinct ${siteId}::int, date_trunc('hour', h.b + m.part, t.time_zone), ${markVersion()}, now()
    from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz)
    join site.sites t on t.id = ${siteId} and not site.begins_hour(h.b, t.time_zone)
    cross join (values (interval '0'), (interval '30 minutes'), (interval '59 minutes')) as m (part)
    order by 2
    on conflict (site_id, bucket) do update set version = excluded.version`;
}

/** Locked in the order in which ingest marks them, so that the two never wait for each other in a circle. */
function clearMarks(siteId: number, json: string): SQL {
  return sql`
    with mark as materialized (
      select s.bucket
      from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz, v bigint)
      join site.stale_hours s on s.site_id = ${siteId} and s.bucket = h.b and s.version = h.v
      order by s.bucket
      for update of s
    )
    delete from site.stale_hours s using mark m where s.site_id = ${siteId} and s.bucket = m.bucket`;
}
