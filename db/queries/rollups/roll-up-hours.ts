import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
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
    db.execute(clearMarks(siteId, json)),
  ]);
}

function deleteHours(siteId: number, json: string): SQL {
  return sql`
    delete from site.rollup_hours
    where site_id = ${siteId}
      and bucket in (select b from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz))`;
}

function insertHours(span: HourSpan, json: string): SQL {
  return sql`
    with zone as materialized (select time_zone from site.sites where id = ${span.siteId}),
    hour as materialized (select b as bucket from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz)),
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
