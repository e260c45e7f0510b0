import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import type { StaleHour } from "./list-stale-hours.ts";
import { hourlyConversions, hourlyEvents, hourlySessions } from "./hourly-sums.ts";

/**
 * Sums these hours of one site anew and replaces their rows, in one transaction. Never adds: a second run changes
 * nothing, a late event repairs its hour. The mark goes only at the version that was listed: an event that came in
 * meanwhile has raised it, and so its hour stays marked (architecture.md, flow 1).
 */
export async function rollUpHours(db: Database, siteId: number, hours: readonly StaleHour[]): Promise<void> {
  const json = JSON.stringify(hours.map(({ bucket, version }) => ({ b: bucket, v: version })));
  await db.batch([
    // One roller a site at a time; two would replace each other's rows.
    db.execute(sql`select pg_advisory_xact_lock(hashtextextended('rollup', ${siteId}))`),
    db.execute(deleteHours(siteId, json)),
    db.execute(insertHours(siteId, json)),
    db.execute(clearMarks(siteId, json)),
  ]);
}

function deleteHours(siteId: number, json: string): SQL {
  return sql`
    delete from site.rollup_hours
    where site_id = ${siteId}
      and bucket in (select b from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz))`;
}

function insertHours(siteId: number, json: string): SQL {
  return sql`
    with hour as materialized (
      select h.b as bucket, t.time_zone, t.id as site_id
      from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz) join site.sites t on t.id = ${siteId}
    ),
    ${hourlyEvents()}, ${hourlySessions()}, ${hourlyConversions()},
    part as (
      select * from event_part union all select * from session_part union all select * from money_part
    )
    insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
      pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
    select site_id, bucket, scope, scope_key, dimension, value, currency, sum(impressions), sum(clicks), sum(pageviews),
      sum(sessions), sum(visitors), sum(conversions), sum(revenue_minor), sum(refund_minor)
    from part
    group by site_id, bucket, scope, scope_key, dimension, value, currency`;
}

function clearMarks(siteId: number, json: string): SQL {
  return sql`
    delete from site.stale_hours s
    using jsonb_to_recordset(${json}::jsonb) as h (b timestamptz, v bigint)
    where s.site_id = ${siteId} and s.bucket = h.b and s.version = h.v`;
}
