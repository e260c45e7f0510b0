import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";

/**
 * CTEs for the statements that derive: `changed` are the events of the batch that this very transaction wrote (so a
 * redelivery derives nothing), `win` the stretch of each touched visitor's activity that they can change. A stretch
 * ends where 30 minutes pass without an event, so nothing outside it can differ (decisions 8).
 */
export function touchedVisitors(batch: BatchParameters): SQL {
  return sql`
    batch as materialized (
      select distinct b.s, b.e from unnest(${batch.siteIds}::int[], ${batch.eventIds}::uuid[]) as b (s, e)
    ),
    changed as materialized (
      select e.* from batch b join site.events e on e.site_id = b.s and e.event_id = b.e
      where e.xmin = pg_current_xact_id()::xid
    ),
    win as materialized (
      select c.site_id, c.visitor_id, least(c.lo, x.lo) as lo, greatest(c.hi, x.hi) as hi
      from (
        select site_id, visitor_id, min(occurred_at) as lo, max(occurred_at) as hi
        from changed
        where visitor_id is not null and flags & 8 = 8
        group by site_id, visitor_id
      ) c
      left join lateral (
        select min(s.stretch_started_at) as lo, max(s.stretch_ended_at) as hi
        from site.sessions s
        where s.site_id = c.site_id and s.visitor_id = c.visitor_id
          and s.stretch_started_at < c.hi + interval '30 minutes'
          and s.stretch_ended_at > c.lo - interval '30 minutes'
      ) x on true
    )`;
}

/**
 * CTEs after `touchedVisitors`: `activity` numbers each event's session (`session_no`) within its stretch.
 * A session begins with a stretch, with a source other than the running one, and with every contact of its own. Of
 * events in the same millisecond the one that opens something comes first: a page view and the conversion that its page
 * reports at once carry ids in no order.
 */
export function sessionActivity(): SQL {
  return sql`
    live as (
      select e.site_id, e.visitor_id, e.event_id, e.occurred_at, e.type, e.opens, e.source_id, e.page_id, e.agent_id,
        e.country, e.click_id,
        case when e.occurred_at - lag(e.occurred_at) over visit < interval '30 minutes' then 0 else 1 end as gap
      from win w
      join site.events e on e.site_id = w.site_id and e.visitor_id = w.visitor_id
        and e.occurred_at between w.lo and w.hi
      where e.flags & 8 = 8
      window visit as (partition by e.site_id, e.visitor_id order by e.occurred_at, e.opens desc, e.event_id)
    ),
    stretched as (
      select *, sum(gap) over (partition by site_id, visitor_id order by occurred_at, opens desc, event_id) as stretch
      from live
    ),
    sourced as (
      select *,
        case when gap = 1 or opens = 3 then 1
             when opens = 2 and source_id is distinct from lag(source_id) over (
               partition by site_id, visitor_id, stretch, opens >= 2 order by occurred_at, opens desc, event_id) then 1
             else 0 end as begins
      from stretched
    ),
    activity as materialized (
      select *, sum(begins) over (partition by site_id, visitor_id order by occurred_at, opens desc, event_id) as session_no,
        min(occurred_at) over (partition by site_id, visitor_id, stretch) as stretch_lo,
        max(occurred_at) over (partition by site_id, visitor_id, stretch) as stretch_hi
      from sourced
    )`;
}
