import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { visitorChains } from "./lock-visitors.ts";
import { unestimated } from "./unestimated.ts";
import { withinBatch } from "./within-batch.ts";

/** Sessions are derived from the first so many events of a stretch: no person does more without a pause (decisions 8). */
export const MOST_EVENTS = sql.raw("5000");
/** Silence that ends a stretch. */
export const SILENCE = sql.raw("interval '30 minutes'");

/** What a derivation looks at of an event. */
const EVENT = sql.raw(
  `e.site_id, e.visitor_id, e.event_id, e.occurred_at, e.type, e.opens, e.flags, e.source_id, e.page_id, e.agent_id,
   e.country, e.click_id`,
);

/**
 * CTEs, after `with recursive`: `changed` are the events of the batch that this very transaction wrote (so a redelivery
 * derives nothing), `own_span` the runs of them without a pause, visitor by visitor, `chain` the touched visitors, each
 * with all hashes of its chain as `members` (`visitorChains`).
 */
export function touchedVisitors(batch: BatchParameters): SQL {
  return sql`
    changed as materialized (
      select e.*, ${unestimated(sql`e.visitor_id is not null and e.flags & 8 = 8`)} as is_activity
      from unnest(${batch.siteIds}::int[], ${batch.eventIds}::uuid[]) as b (s, e)
      cross join lateral (
        select ${EVENT}, e.received_at, e.order_id from site.events e
        where e.site_id = b.s and e.event_id = b.e and ${withinBatch(batch, sql`e.event_id`)}
          and e.xmin = pg_current_xact_id()::xid
        -- Looked up one by one, and counted as many: of what it knows of ids the planner would expect a single row.
        offset 0
      ) as e
    ),
    stepped as (
      select site_id, visitor_id, occurred_at,
        case when occurred_at - lag(occurred_at) over visit < ${SILENCE} then 0 else 1 end as gap
      from changed
      where is_activity
      window visit as (partition by site_id, visitor_id order by occurred_at)
    ),
    own_span as materialized (
      select site_id, visitor_id, min(occurred_at) as lo, max(occurred_at) as hi
      from (
        select *, sum(gap) over (partition by site_id, visitor_id order by occurred_at) as run from stepped
      ) as r
      group by site_id, visitor_id, run
    ),
    own as materialized (
      select site_id, visitor_id, min(lo) as lo, max(hi) as hi from own_span group by site_id, visitor_id
    ),
    ${visitorChains()},
    chain as materialized (
      select o.site_id, o.visitor_id, n.chain, n.members, o.lo, o.hi
      from own o
      join (
        select site_id, origin, min(visitor_id::text) as chain, array_agg(visitor_id order by visitor_id) as members
        from member
        group by site_id, origin
      ) as n on n.site_id = o.site_id and n.origin = o.visitor_id
    )`;
}

/**
 * CTEs after `touchedVisitors`: `win` are the stretches of the touched chains that the batch can change, `no` numbers
 * them. A stretch ends where 30 minutes pass without an event, so nothing outside it can differ. What it holds already
 * is known from its sessions; without any it `is_fresh`, and holds what the batch brought. One that holds more events than are looked at `is_full`: if the batch only adds to its end
 * nothing of it changes, and else it is read only as far as its sessions reach, so that its cost is bounded
 * (decisions 8).
 */
export function touchedStretches(): SQL {
  return sql`
    ${touchedSpans()},
    reached as (
      select *, max(hi) over (partition by site_id, chain order by lo, hi
        rows between unbounded preceding and 1 preceding) as reach
      from span
    ),
    island as (
      select *, count(*) filter (where reach is null or lo - reach >= ${SILENCE})
        over (partition by site_id, chain order by lo, hi) as island
      from reached
    ),
    win as materialized (
      select site_id, members, row_number() over () as no, lo, hi, sessions, sessions is null as is_fresh,
        events >= ${MOST_EVENTS} as is_cut,
        events >= ${MOST_EVENTS} and new_lo > last_at as is_full,
        case when events >= ${MOST_EVENTS} then last_at else hi end as read_hi
      from (
        select site_id, members, min(lo) as lo, max(hi) as hi, sum(events) as events, max(last_at) as last_at,
          min(lo) filter (where is_new) as new_lo,
          array_agg(session_id) filter (where not is_new) as sessions
        from island
        group by site_id, chain, members, island
        having bool_or(is_new)
      ) as merged
    )`;
}

/** CTE `span`: the runs of changed events, and the sessions of the stretches near them. */
function touchedSpans(): SQL {
  return sql`
    span as materialized (
      select c.site_id, c.chain, c.members, o.lo, o.hi, true as is_new, null as session_id, 0 as events,
        null as last_at
      from chain c join own_span o on o.site_id = c.site_id and o.visitor_id = c.visitor_id
      union all
      select c.site_id, c.chain, c.members, s.*
      from (
        select site_id, chain, members, min(lo) as lo, max(hi) as hi from chain group by site_id, chain, members
      ) as c
      cross join lateral (
        select distinct s.stretch_started_at as since
        from unnest(c.members) as m (visitor_id)
        cross join lateral (
          select s.stretch_started_at
          from site.sessions s
          where s.site_id = c.site_id and s.visitor_id = m.visitor_id
            and s.stretch_started_at < c.hi + ${SILENCE} and s.stretch_ended_at > c.lo - ${SILENCE}
          -- Looked up visitor by visitor, however few the planner expects.
          offset 0
        ) as s
      ) as near
      cross join unnest(c.members) as m (visitor_id)
      cross join lateral (
        select s.stretch_started_at, s.stretch_ended_at, false, s.session_id, s.events, s.ended_at
        from site.sessions s
        -- All of the stretch: only its last session knows how long a full one has been going on.
        where s.site_id = c.site_id and s.visitor_id = m.visitor_id and s.stretch_started_at = near.since
        offset 0
      ) as s
    )`;
}

/** The order of a window's events, by which all steps of `sessionActivity` go: sorted once. */
const IN_ORDER = sql.raw("partition by no order by occurred_at, opens desc, event_id");

/**
 * CTEs after `touchedStretches`: `activity` numbers each event's session (`session_no`) within its window.
 * A session begins with a stretch, with a source other than the running one, and with every contact of its own. Which
 * promo code a source carries makes it no other: `plain_id` is the source without. Of events in the same millisecond the one that opens something comes first: a page view and the conversion that its page
 * reports at once carry ids in no order. `live` also holds events beyond the most that are looked at.
 */
export function sessionActivity(): SQL {
  return sql`
    ${liveEvents()},
    cut as materialized (select no from live where nth = ${MOST_EVENTS} + 1),
    coded as materialized (
      select d.id, d.plain_id
      from (select distinct source_id from live where opens in (1, 2) and source_id is not null) as l
      cross join lateral (
        select d.id, d.plain_id from site.sources d where d.id = l.source_id and d.plain_id is not null
        -- Looked up one by one: hardly any source carries a code.
        offset 0
      ) as d
    ),
    plain as (
      select l.*, d.plain_id, coalesce(d.plain_id, l.source_id, 0) as raw_id
      from live l left join coded d on d.id = l.source_id
    ),
    running as (
      select *, coalesce(sum(gap) over earlier, 0) + gap as stretch,
        max(case when gap = 1 then nth end) over earlier as stretch_nth,
        -- Of the last one that opened something: its place, and below it its source.
        max(case when opens >= 2 then (nth << 32) + raw_id end) over earlier as opener
      from plain
      where ${unestimated(sql`nth <= ${MOST_EVENTS}`)}
      window earlier as (${IN_ORDER} rows between unbounded preceding and 1 preceding)
    ),
    sourced as (
      select *,
        case when gap = 1 or opens = 3 then 1
             when opens = 2 and raw_id <>
               case when opener >> 32 >= stretch_nth then opener & 4294967295 else 0 end then 1
             else 0 end as begins
      from running
    ),
    activity as materialized (select *, sum(begins) over (${IN_ORDER}) as session_no from sourced)`;
}

/**
 * CTE `live`: the events of each window in order. Those of a fresh one are in the batch; the others are read.
 */
function liveEvents(): SQL {
  const window = sql.raw("w.no, w.is_chain, w.is_fresh, w.is_cut, w.hi as win_hi");
  return sql`
    looked as materialized (
      select w.no, w.site_id, m.visitor_id, w.lo, w.hi, w.read_hi, w.is_fresh, w.is_cut, cardinality(w.members) > 1 as is_chain
      from win w cross join unnest(w.members) as m (visitor_id)
      where not w.is_full
    ),
    live as materialized (
      select *, row_number() over visit as nth,
        case when occurred_at - lag(occurred_at) over visit < ${SILENCE} then 0 else 1 end as gap
      from (
        select ${window}, ${EVENT}
        from looked w
        join changed e on e.site_id = w.site_id and e.visitor_id = w.visitor_id and e.is_activity
          and ${unestimated(sql`e.occurred_at between w.lo and w.hi`)}
        where w.is_fresh
        union all
        select ${window}, ${EVENT}
        from (
          select array_agg(no) as nos, array_agg(site_id) as sites, array_agg(visitor_id) as visitors,
            array_agg(lo) as los, array_agg(read_hi) as his
          from looked where not is_fresh
        ) as o
        cross join lateral site.visitor_activity(o.nos, o.sites, o.visitors, o.los, o.his) as e
        join looked w on w.no = e.no and w.visitor_id = e.visitor_id
      ) as l
      window visit as (${IN_ORDER})
    )`;
}
