import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { touchedVisitors } from "./touched.ts";

/**
 * CTE `moment`: every instant whose hour the batch may have changed. Besides the changed events themselves that is
 * every event of the touched stretches (a session may begin or cease to begin at any of them), every copy of the
 * changed orders, and every refund of what was sold or refunded: each takes what those before it left.
 */
function changedMoments(batch: BatchParameters): SQL {
  return sql`
    ${touchedVisitors(batch)},
    sold as materialized (
      select site_id, order_id, event_id as conversion_id from changed where type = 4
      union
      select r.site_id, r.order_id, r.conversion_id
      from changed c join site.refunds r on r.site_id = c.site_id and r.refund_id = c.event_id
      where c.type = 6
    ),
    moment as materialized (
      select site_id, occurred_at as at from changed
      union
      select e.site_id, e.occurred_at
      from win w
      join site.events e on e.site_id = w.site_id and e.visitor_id = w.visitor_id and e.occurred_at between w.lo and w.hi
      union
      select e.site_id, e.occurred_at
      from (select distinct site_id, order_id from changed where order_id is not null) o
      join site.events e on e.site_id = o.site_id and e.order_id = o.order_id
      union
      select r.site_id, r.at
      from sold s join site.refunds r on r.site_id = s.site_id and r.order_id = s.order_id
      union
      select r.site_id, r.at
      from sold s join site.refunds r on r.site_id = s.site_id and r.conversion_id = s.conversion_id
    )`;
}

/**
 * The version of a mark: the transaction that made it, so that a mark which was cleared and made anew is never taken
 * for the one that was listed before.
 */
export function markVersion(): SQL {
  return sql`pg_current_xact_id()::text::bigint`;
}

/** Marks the hours whose rollup the batch made untrue. Last in the batch: the rows are hot, the locks are short. */
export function markStaleHours(batch: BatchParameters): SQL {
  return sql`
    with ${changedMoments(batch)}
    insert into site.stale_hours (site_id, bucket, version, marked_at)
    select m.site_id, date_trunc('hour', m.at, t.time_zone) as bucket, ${markVersion()}, now()
    from moment m join site.sites t on t.id = m.site_id
    group by 1, 2
    order by 1, 2
    on conflict (site_id, bucket) do update set version = excluded.version`;
}

/** Raises the data version of the changed days (decisions 22). */
export function raiseDataVersions(batch: BatchParameters): SQL {
  return sql`
    with ${changedMoments(batch)}
    insert into site.data_versions (site_id, day, version)
    select m.site_id, (m.at at time zone t.time_zone)::date as day, 1
    from moment m join site.sites t on t.id = m.site_id
    group by 1, 2
    order by 1, 2
    on conflict (site_id, day) do update set version = data_versions.version + 1`;
}

/** Remembers a site's first event: onboarding waits for it. */
export function noteFirstEvents(batch: BatchParameters): SQL {
  return sql`
    update site.sites t set first_event_at = f.at
    from (
      select s, min(r) as at
      from unnest(${batch.siteIds}::int[], ${batch.receivedAt}::timestamptz[]) as b (s, r)
      group by s
    ) f
    where t.id = f.s and t.first_event_at is null`;
}
