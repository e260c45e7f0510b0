import { sql, type SQL } from "drizzle-orm";

/**
 * CTEs after `sessionActivity`: derives the sessions of the touched stretches again. A session is its first event's
 * visitor's. Answers `session_change (site_id, at)`: where sessions that are new, differ or are gone had begun.
 */
export function derivedSessions(): SQL {
  return sql`
    ${summedSessions()},
    gone_session as (
      delete from site.sessions s using (
        select w.site_id, n.session_id from win w cross join unnest(w.sessions) as n (session_id) where not w.is_full
        except
        select site_id, session_id from derived
      ) as g
      where s.site_id = g.site_id and s.session_id = g.session_id
      returning s.site_id, s.started_at as at
    ),
    put_session as (
      insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
        stretch_ended_at, source_id, landing_page_id, agent_id, country, opens, pageviews, events)
      select site_id, session_id, visitor_id, started_at, ended_at, stretch_lo, stretch_hi, source_id, page_id, agent_id,
        country, opens, pageviews, events
      from derived
      -- In the order of their ids, so that each index grows at its end and its pages are full.
      order by site_id, session_id
      on conflict (site_id, session_id) do update set
        visitor_id = excluded.visitor_id, started_at = excluded.started_at, ended_at = excluded.ended_at,
        stretch_started_at = excluded.stretch_started_at, stretch_ended_at = excluded.stretch_ended_at,
        source_id = excluded.source_id, landing_page_id = excluded.landing_page_id, agent_id = excluded.agent_id,
        country = excluded.country, opens = excluded.opens, pageviews = excluded.pageviews, events = excluded.events
      where (sessions.*) is distinct from (excluded.*)
      returning site_id, started_at as at
    ),
    session_change as (select * from gone_session union all select * from put_session)`;
}

/** CTE `derived`: the sessions as the events make them, with the stretch that each lies in. */
function summedSessions(): SQL {
  return sql`
    summed as materialized (
      select site_id, no, stretch, session_no,
        (array_agg(visitor_id) filter (where begins = 1))[1] as visitor_id,
        (array_agg(event_id) filter (where begins = 1))[1] as session_id,
        min(occurred_at) as started_at, max(occurred_at) as ended_at,
        max(source_id) filter (where begins = 1) as source_id,
        -- The page of the first event that has one: the least place, and below it the page.
        (min((nth << 32) + page_id) & 4294967295)::int as page_id,
        max(agent_id) filter (where begins = 1) as agent_id, max(country) filter (where begins = 1) as country,
        max(opens) filter (where begins = 1) as opens,
        count(*) filter (where type = 3) as pageviews, count(*) as events, bool_or(is_cut) as is_cut,
        max(win_hi) as win_hi
      from activity
      group by site_id, no, stretch, session_no
    ),
    derived as materialized (
      select *, min(started_at) over (partition by no, stretch) as stretch_lo,
        -- What is not looked at still keeps the stretch going.
        case when (is_cut or no in (select no from cut)) and stretch = max(stretch) over (partition by no) then win_hi
          else max(ended_at) over (partition by no, stretch) end as stretch_hi
      from summed
    )`;
}

/**
 * CTEs after `sessionActivity`: a stretch of more events than are looked at goes on in the last of its sessions, and its
 * visitor is flagged.
 */
export function keptFullStretches(): SQL {
  return sql`
    kept_going as (
      update site.sessions s set stretch_ended_at = w.hi
      from win w
      cross join lateral (
        select l.site_id, l.session_id
        from unnest(w.members) as m (visitor_id)
        join site.sessions l on l.site_id = w.site_id and l.visitor_id = m.visitor_id
          and l.stretch_started_at between w.lo and w.hi
        order by l.started_at desc, l.session_id desc
        limit 1
      ) as last
      where w.is_full and s.site_id = last.site_id and s.session_id = last.session_id and s.stretch_ended_at < w.hi
    ),
    flagged as (
      update site.visitors v set is_bot_like = true
      from (select site_id, members from win where is_full or no in (select no from cut)) as f
      cross join unnest(f.members) as m (visitor_id)
      where v.site_id = f.site_id and v.visitor_id = m.visitor_id and not v.is_bot_like
    )`;
}

/**
 * CTEs after `derivedSessions`: where events of both hashes of a midnight stand in one stretch, from when on the visit
 * has been running. A conversion under the new hash may then look at the contacts of the visit under the old one.
 */
export function continuedVisits(): SQL {
  return sql`
    present as materialized (
      select distinct a.site_id, a.no, a.stretch, d.stretch_lo, a.visitor_id
      from activity a join derived d on d.no = a.no and d.session_no = a.session_no
      where a.is_chain
    ),
    crossing as materialized (
      select a.site_id, a.visitor_id, min(t.stretch_lo) as running_from
      from present t
      join site.visitor_aliases a on a.site_id = t.site_id and a.visitor_id = t.visitor_id
      join present y on y.no = t.no and y.stretch = t.stretch and y.visitor_id = a.previous_visitor_id
      group by a.site_id, a.visitor_id
    ),
    continued as (
      update site.visitor_aliases a set running_from = n.running_from
      from (
        select p.site_id, p.visitor_id,
          least(min(x.running_from), case when not bool_or(not w.is_full and p.running_from between w.lo and w.hi)
            then min(p.running_from) end) as running_from
        from win w
        cross join unnest(w.members) as m (visitor_id)
        join site.visitor_aliases p on p.site_id = w.site_id and p.visitor_id = m.visitor_id
        left join crossing x on x.site_id = p.site_id and x.visitor_id = p.visitor_id
        where cardinality(w.members) > 1
        group by p.site_id, p.visitor_id
      ) as n
      where a.site_id = n.site_id and a.visitor_id = n.visitor_id and a.running_from is distinct from n.running_from
      returning a.site_id, a.running_from as at
    )`;
}
