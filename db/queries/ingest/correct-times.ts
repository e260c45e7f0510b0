import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { instantOf } from "./event-columns.ts";
import { visitorChains } from "./lock-visitors.ts";
import { markVersion } from "./mark-stale.ts";
import { withinBatch } from "./within-batch.ts";

/**
 * Where an event had been received before but later than this time, the earlier receipt gives its time (decisions 2).
 * The stretch that held the old time is widened to the new one, so that the sessions of both are derived again, and
 * both hours are marked. Here those of the old time, which no later statement knows. Nothing is looked up where
 * `storeEvents`, just before in the same transaction, found no id that was known.
 */
export function correctTimes(batch: BatchParameters): SQL {
  return sql`
    with recursive late as materialized (
      select e.*, ${instantOf(sql`b.o`)} as new_at, ${instantOf(sql`b.r`)} as new_received
      from unnest(${batch.siteIds}::int[], ${batch.eventIds}::uuid[], ${batch.occurredMs}::bigint[],
        ${batch.receivedMs}::bigint[]) as b (s, e, o, r)
      cross join lateral (
        select e.site_id, e.event_id, e.visitor_id, e.occurred_at as old_at from site.events e
        where e.site_id = b.s and e.event_id = b.e and ${withinBatch(batch, sql`e.event_id`)}
          and e.received_at > ${instantOf(sql`b.r`)}
        offset 0
      ) as e
      where current_setting('waymark.has_repeats', true) is distinct from 'false'
    ),
    moved as (
      update site.events e set occurred_at = l.new_at, received_at = l.new_received
      from late l
      where e.site_id = l.site_id and e.event_id = l.event_id and ${withinBatch(batch, sql`e.event_id`)}
    ),
    own as (select distinct site_id, visitor_id from late where visitor_id is not null),
    ${visitorChains()},
    widened as (
      update site.sessions s
      set stretch_started_at = least(s.stretch_started_at, l.new_at),
          stretch_ended_at = greatest(s.stretch_ended_at, l.new_at)
      from late l join member m on m.site_id = l.site_id and m.origin = l.visitor_id
      where s.site_id = m.site_id and s.visitor_id = m.visitor_id
        and l.old_at between s.stretch_started_at and s.stretch_ended_at
    ),
    marked as (
      insert into site.stale_hours (site_id, bucket, version, marked_at)
      select distinct l.site_id, date_trunc('hour', l.old_at, t.time_zone), ${markVersion()}, now()
      from late l join site.sites t on t.id = l.site_id
      order by 1, 2
      on conflict (site_id, bucket) do update set version = excluded.version
    )
    insert into site.data_versions (site_id, day, version)
    select distinct l.site_id, (l.old_at at time zone t.time_zone)::date, 1
    from late l join site.sites t on t.id = l.site_id
    order by 1, 2
    on conflict (site_id, day) do update set version = data_versions.version + 1`;
}
