import { sql, type SQL } from "drizzle-orm";

/**
 * CTEs after `sessionActivity`: derives the touchpoints of the same stretches: the entry of each session that opens with
 * a source or direct, and every contact of its own. A landing that carries `wm_click` takes the click's id and time, so
 * that click and landing are one touchpoint whatever arrives first (decisions 16); the first one of the visitor, while a
 * return to its address (by the Back button, after another source) is a contact of its own. Nobody lands before having clicked:
 * where the visitor's clock says so, the landing's time stands, or the click would come after the purchase it led to.
 * A promo code in the address of a page that begins no session is a touchpoint, rank 2, of the code alone: once a session,
 * and not where the session's own source carries it. Like a used one it may earn where it is a campaign's.
 * Answers `touch_change (site_id, at)`: the times of those that are new, differ or are gone.
 */
export function derivedTouchpoints(): SQL {
  return sql`
    opening as materialized (
      select site_id, visitor_id, event_id, occurred_at, source_id, page_id, case when landing = 1 then click_id end as click_id,
        0 as rank
      from (select *, row_number() over (partition by no, click_id order by nth) as landing from activity) as a
      where begins = 1 and opens > 0 and source_id is not null
      union all
      select site_id, visitor_id, event_id, occurred_at, source_id, page_id, null, 0
      from changed where opens = 3 and flags & 8 = 0 and visitor_id is not null and source_id is not null
      union all
      select c.site_id, c.visitor_id, c.event_id, c.occurred_at, d.id, c.page_id, null, 2
      from (${firstCodes()}) as c
      join site.sources d on d.site_id = c.site_id and d.fingerprint = md5('promo:' || c.promo_code)
      where c.begins = 0
    ),
    gone_touch as (
      -- By their places, so that each is looked up event by event, however few rows the planner expects. What is fresh had
      -- no contacts before.
      delete from site.touchpoints t where t.ctid = any (array(
        select h.place
        from live a
        cross join lateral (
          select h.ctid as place, h.source_id, h.rank from site.touchpoints h
          where h.site_id = a.site_id and h.event_id = a.event_id and h.rank <> 1
          offset 0
        ) as h
        where not a.is_fresh and not exists (
          select from opening o
          where o.site_id = a.site_id and o.event_id = a.event_id and o.source_id = h.source_id and o.rank = h.rank)))
      returning t.site_id, t.at
    ),
    put_touch as (
      insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, page_id, event_id, event_at)
      select site_id, coalesce(click_id, event_id), rank, visitor_id, least(occurred_at, site.uuid7_time(click_id)),
        source_id, page_id, event_id, occurred_at
      from opening
      order by site_id, event_id, rank
      on conflict (site_id, event_id, rank, source_id) do update set
        touchpoint_id = excluded.touchpoint_id, visitor_id = excluded.visitor_id, at = excluded.at,
        page_id = excluded.page_id, event_at = excluded.event_at
      where (touchpoints.*) is distinct from (excluded.*)
      returning site_id, at
    ),
    touch_change as (select * from gone_touch union all select * from put_touch)`;
}

/** Of each session the first event with each code. */
function firstCodes(): SQL {
  return sql`
    select distinct on (a.no, a.session_no, d.promo_code) a.site_id, a.visitor_id, a.event_id, a.occurred_at, a.page_id,
      a.begins, d.promo_code
    from activity a
    join site.sources d on d.id = a.source_id
    where a.plain_id is not null and a.opens in (1, 2)
    order by a.no, a.session_no, d.promo_code, a.nth`;
}
