import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { SILENCE } from "./touched.ts";

/**
 * CTEs after `derivedSessions` and `derivedTouchpoints`: `moment (site_id, at)`, the minutes whose hour the batch may
 * have changed. That is where changed events occurred, where sessions begin that are new, differ or are gone, the
 * conversions of the changed orders (`deriveConversions` has marked where they were before), what was sold in a stretch
 * that was derived anew, which counts where its visit came from, and every refund of all that: it counts there, too, and
 * takes what those before it left. `credit_moment` are minutes of days on which only credit may change. By the minute, as
 * no hour or day begins within one, and what follows asks the zone for each.
 */
export function changedMoments(batch: BatchParameters): SQL {
  return sql`
    ${soldInStretches()},
    sold as materialized (
      select site_id, order_id, conversion_id from in_stretch
      union
      select site_id, order_id, event_id as conversion_id from changed where type = 4
      union
      select r.site_id, r.order_id, r.conversion_id
      from changed c join site.refunds r on r.site_id = c.site_id and r.refund_id = c.event_id
      where c.type = 6
    ),
    moment as materialized (
      select site_id, ${minuteOf(sql`occurred_at`)} as at from changed
      union
      select site_id, ${minuteOf(sql`at`)} from session_change
      union
      select site_id, ${minuteOf(sql`at`)} from in_stretch
      union
      select v.site_id, ${minuteOf(sql`v.at`)}
      from (select distinct site_id, order_id from changed where order_id is not null) o
      cross join lateral (
        select v.site_id, v.at from site.conversions v where v.site_id = o.site_id and v.order_id = o.order_id
        offset 0
      ) as v
      union
      select r.site_id, r.at
      from sold s join site.refunds r on r.site_id = s.site_id and r.order_id = s.order_id
      union
      select r.site_id, r.at
      from sold s join site.refunds r on r.site_id = s.site_id and r.conversion_id = s.conversion_id
    ),
    ${relinkedVisitors(batch)},
    credit_moment as (
      select site_id, at from moment
      union
      select site_id, ${minuteOf(sql`at`)} from touch_change
      union
      select site_id, at from continued where at is not null
      union
      select site_id, at from relinked_moment
    )`;
}

function minuteOf(instant: SQL): SQL {
  return sql`date_bin(interval '1 minute', ${instant}, timestamptz '2000-01-01 00:00:00+00')`;
}

/** CTE `in_stretch`: what was sold in a stretch that was derived anew, or within its silence after it. */
function soldInStretches(): SQL {
  return sql`
    in_stretch as materialized (
      select c.site_id, c.order_id, c.conversion_id, c.at
      from win w
      cross join unnest(w.members) as m (visitor_id)
      cross join lateral (
        select v.site_id, v.order_id, v.conversion_id, v.at
        from site.conversions v
        where v.site_id = w.site_id and v.visitor_id = m.visitor_id and v.at >= w.lo and v.at < w.hi + ${SILENCE}
        offset 0
      ) as c
      where not w.is_full
    )`;
}

/**
 * CTE `relinked_moment (site_id, at)`: the contacts and conversions of visitors of whom this transaction says anew which person they are. What it
 * changes for the person's other visitors lies on days of this one's contacts, which are within their lookback. A site
 * may identify on every page: one more link to the only person a visitor has ever been changes nothing.
 */
function relinkedVisitors(batch: BatchParameters): SQL {
  if (batch.identities === "[]") return sql`relinked_moment as (select site_id, at from moment where false)`;
  return sql`
    relinked as materialized (
      select l.site_id, l.visitor_id
      from (
        select distinct e.site_id, e.visitor_id
        from jsonb_to_recordset(${batch.identities}::jsonb) as b (s int, e uuid)
        join site.identity_links e on e.site_id = b.s and e.event_id = b.e
        where e.xmin = pg_current_xact_id()::xid
      ) as n
      join site.identity_links l on l.site_id = n.site_id and l.visitor_id = n.visitor_id
      group by l.site_id, l.visitor_id
      having count(distinct l.person_id) > 1 or bool_and(l.xmin = pg_current_xact_id()::xid)
    ),
    relinked_moment as (
      select t.site_id, t.at
      from relinked r join site.touchpoints t on t.site_id = r.site_id and t.visitor_id = r.visitor_id
      union
      select v.site_id, v.at
      from relinked r join site.conversions v on v.site_id = r.site_id and v.visitor_id = r.visitor_id
    )`;
}

/**
 * The version of a mark: the transaction that made it, so that a mark which was cleared and made anew is never taken
 * for the one that was listed before.
 */
export function markVersion(): SQL {
  return sql`pg_current_xact_id()::text::bigint`;
}

/** CTE after a CTE `moment (site_id, at)`: marks the hours whose rollup is no longer true. */
export function markedHours(): SQL {
  return sql`
    marked as (
      insert into site.stale_hours (site_id, bucket, version, marked_at)
      select m.site_id, date_trunc('hour', m.at, t.time_zone) as bucket, ${markVersion()}, now()
      from moment m join site.sites t on t.id = m.site_id
      group by 1, 2
      order by 1, 2
      on conflict (site_id, bucket) do update set version = excluded.version
    )`;
}

/** The statement after CTEs that end with `credit_moment (site_id, at)`: raises these days' data version (decisions 22). */
export function raiseDataVersions(): SQL {
  return sql`
    insert into site.data_versions (site_id, day, version)
    select m.site_id, (m.at at time zone t.time_zone)::date as day, 1
    from credit_moment m join site.sites t on t.id = m.site_id
    group by 1, 2
    order by 1, 2
    on conflict (site_id, day) do update set version = data_versions.version + 1`;
}

/** CTE after `changed`: remembers a site's first event: onboarding waits for it. */
export function notedFirstEvents(): SQL {
  return sql`
    first_event as (
      update site.sites t set first_event_at = f.at
      from (select site_id, min(received_at) as at from changed group by site_id) as f
      where t.id = f.site_id and t.first_event_at is null
    )`;
}
