import { sql, type SQL } from "drizzle-orm";

/**
 * CTEs after `doomed (site_id, event_id)`: takes these events away, counts them by the hour in which they were received,
 * so that `stored = present + erased + expired` can be checked, and keeps their ids, so that none comes back. Answers
 * `forgotten (site_id, event_id, at)`.
 */
export function forgottenEvents(): SQL {
  return sql`
    gone_event as (
      delete from site.events e using doomed d where e.site_id = d.site_id and e.event_id = d.event_id
      returning e.site_id, e.event_id, e.occurred_at, e.received_at
    ),
    tombstone as (
      insert into site.erased_events (site_id, event_id)
      select site_id, event_id from gone_event
      order by 1, 2
      on conflict (site_id, event_id) do nothing
    ),
    counted as (
      insert into site.erased_hours (site_id, hour, events)
      select site_id, date_trunc('hour', received_at, 'UTC') as hour, count(*) from gone_event
      group by 1, 2
      order by 1, 2
      on conflict (site_id, hour) do update set events = erased_hours.events + excluded.events
    ),
    forgotten as (select site_id, event_id, occurred_at as at from gone_event)`;
}
