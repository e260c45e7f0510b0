import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { sessionActivity, touchedVisitors } from "./touched.ts";

/** Derives the sessions of the touched visitors again, in the stretch that the batch changed. */
export function deriveSessions(batch: BatchParameters): SQL {
  return sql`
    with ${touchedVisitors(batch)}, ${sessionActivity()},
    derived as materialized (
      select site_id, visitor_id,
        (array_agg(event_id order by occurred_at, opens desc, event_id))[1] as session_id,
        min(occurred_at) as started_at, max(occurred_at) as ended_at,
        min(stretch_lo) as stretch_lo, max(stretch_hi) as stretch_hi,
        (array_agg(source_id order by occurred_at, opens desc, event_id))[1] as source_id,
        (array_agg(page_id order by occurred_at, opens desc, event_id) filter (where page_id is not null))[1] as page_id,
        (array_agg(agent_id order by occurred_at, opens desc, event_id))[1] as agent_id,
        (array_agg(country order by occurred_at, opens desc, event_id))[1] as country,
        (array_agg(opens order by occurred_at, opens desc, event_id))[1] as opens,
        count(*) filter (where type = 3) as pageviews, count(*) as events
      from activity
      group by site_id, visitor_id, session_no
    ),
    gone as (
      delete from site.sessions s using win w
      where s.site_id = w.site_id and s.visitor_id = w.visitor_id and s.started_at between w.lo and w.hi
        and not exists (select from derived d where d.site_id = s.site_id and d.session_id = s.session_id)
    )
    insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
      stretch_ended_at, source_id, landing_page_id, agent_id, country, opens, pageviews, events)
    select site_id, session_id, visitor_id, started_at, ended_at, stretch_lo, stretch_hi, source_id, page_id, agent_id,
      country, opens, pageviews, events
    from derived
    on conflict (site_id, session_id) do update set
      visitor_id = excluded.visitor_id, started_at = excluded.started_at, ended_at = excluded.ended_at,
      stretch_started_at = excluded.stretch_started_at, stretch_ended_at = excluded.stretch_ended_at,
      source_id = excluded.source_id, landing_page_id = excluded.landing_page_id, agent_id = excluded.agent_id,
      country = excluded.country, opens = excluded.opens, pageviews = excluded.pageviews, events = excluded.events`;
}

/**
 * Derives the touchpoints of the same stretch: the entry of each session that opens with a source or direct, and every
 * contact of its own. A landing that carries `wm_click` takes the click's id and time, so that click and landing are
 * one touchpoint whatever arrives first (decisions 16). Nobody lands before having clicked: where the visitor's clock
 * says so, the landing's time stands, or the click would come after the purchase it led to.
 */
export function deriveTouchpoints(batch: BatchParameters): SQL {
  return sql`
    with ${touchedVisitors(batch)}, ${sessionActivity()},
    opening as (
      select site_id, visitor_id, event_id, occurred_at, source_id, page_id, click_id
      from activity where begins = 1 and opens > 0 and source_id is not null
      union all
      select site_id, visitor_id, event_id, occurred_at, source_id, page_id, null
      from changed where opens = 3 and flags & 8 = 0 and visitor_id is not null and source_id is not null
    ),
    gone as (
      delete from site.touchpoints t using win w
      where t.site_id = w.site_id and t.visitor_id = w.visitor_id and t.rank = 0 and t.event_at between w.lo and w.hi
        and exists (select from activity a where a.site_id = t.site_id and a.event_id = t.event_id)
        and not exists (
          select from opening o
          where o.site_id = t.site_id and o.event_id = t.event_id and o.source_id = t.source_id)
    )
    insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, page_id, event_id, event_at)
    select site_id, coalesce(click_id, event_id), 0, visitor_id,
      least(occurred_at, site.uuid7_time(click_id)),
      source_id, page_id, event_id, occurred_at
    from opening
    on conflict (site_id, event_id, rank, source_id) do update set
      touchpoint_id = excluded.touchpoint_id, visitor_id = excluded.visitor_id, at = excluded.at,
      page_id = excluded.page_id, event_at = excluded.event_at`;
}
