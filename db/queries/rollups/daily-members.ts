import { sql, type SQL } from "drizzle-orm";

import { dayBounds } from "#db/queries/analytics/day-bounds.ts";
import { withinTime } from "#db/queries/events/within-time.ts";

/**
 * CTEs that count one day's facts into groups: a group is a scope, a dimension and a value. The facts are read once. A
 * session belongs to some thirty groups, so what is counted group by group are integers, and little of that: first the
 * sessions by what their dimensions hang on (the source; the page, the agent and the country, each with the channel
 * and campaign of the source), then those few keys by group.
 *
 * A key packs what it is of into one bigint: the kind in the bits from 60, the pair of channel and campaign from 34, the
 * id in the dictionary below.
 *
 * `summed` has the sums of each group. Its visitors are two sets without a common one: `solo` has those that a kind knows
 * under one key only, side by side as a sketch keeps them, by key; `several` those that it knows under more, by group,
 * each once. In a day most visitors are solo, so that few are looked at group by group. `h` is a visitor's hash, by the function that hash
 * partitions rest on, which Postgres therefore keeps from version to version.
 */
export function dailyMembers(siteId: number, day: string): SQL {
  return sql`
    with ${openDay(siteId, day)}, ${facts(siteId)}, ${cells()}, ${groups()},
    repeated as materialized (
      select h, k >> 60 as kind from cell where h is not null group by 1, 2 having count(*) > 1
    ),
    solo as materialized (
      select c.k, count(*)::int as visitors, string_agg(${hashBytes(sql`c.h`)}, ''::bytea) as bytes
      from cell c left join repeated r on r.h = c.h and r.kind = c.k >> 60
      where c.h is not null and r.h is null
      group by 1
    ),
    twice as materialized (select c.k, c.h from cell c join repeated r on r.h = c.h and r.kind = c.k >> 60),
    several as materialized (select distinct g.gid, t.h from twice t join grp g on g.k = t.k),
    summed as materialized (
      select g.gid, sum(c.impressions)::int as impressions, sum(c.clicks)::int as clicks,
        sum(c.pageviews)::int as pageviews, sum(c.sessions)::int as sessions,
        coalesce(sum(s.visitors), 0)::int as solo_visitors
      from (
        select k, sum(impressions)::int as impressions, sum(clicks)::int as clicks, sum(pageviews)::int as pageviews,
          sum(sessions)::int as sessions
        from cell group by 1
      ) as c
      join grp g on g.k = c.k
      left join solo s on s.k = c.k
      group by 1
    )`;
}

/**
 * CTE `bounds`: the day, unless its raw events may be gone. The first day that has all of them begins where they do, even
 * if the zone of now would have it begin elsewhere: what came before stands in the sealed day before it.
 */
function openDay(siteId: number, day: string): SQL {
  return sql`
    whole as materialized (with ${dayBounds(siteId, day, day)} select lo, hi, time_zone from bounds),
    bounds as materialized (
      select case t.raw_day when ${day}::date then t.raw_since else greatest(w.lo, t.raw_since) end as lo, w.hi, w.time_zone
      from whole w join site.sites t on t.id = ${siteId}
      where t.raw_day is null or t.raw_day <= ${day}::date
    )`;
}

/** The hash's low 40 bits are what a sketch knows of a visitor. */
export const HASH_MASK = sql`1099511627775`;

/** A hash as a sketch of few visitors keeps it. */
export function hashBytes(hash: SQL): SQL {
  return sql`substring(int8send(${hash} & ${HASH_MASK}) from 4)`;
}

/**
 * `fact`: sessions by visitor and by what they came with, impressions and clicks without a visitor. Page views are those
 * of the sessions, so that the values of a dimension add up to the sessions' pages; the site as a whole counts every
 * page view, when it occurred (`viewed`).
 */
function facts(siteId: number): SQL {
  return sql`
    visit as materialized (
      select uuid_hash_extended(s.visitor_id, 0) as h, coalesce(s.source_id, 0) as source_id,
        coalesce(s.landing_page_id, 0) as page_id, coalesce(s.agent_id, 0) as agent_id,
        coalesce(s.country::text, '') as country, s.pageviews
      from bounds b join site.sessions s on s.site_id = ${siteId} and ${withinTime(sql`s.started_at`, sql`b.lo`, sql`b.hi`)}
    ),
    contact as materialized (
      select case e.type when 3 then 0 else coalesce(e.source_id, 0) end as source_id,
        case e.type when 3 then 0 else coalesce(e.agent_id, 0) end as agent_id,
        case e.type when 3 then '' else coalesce(e.country::text, '') end as country,
        count(*) filter (where e.type = 1)::int as impressions, count(*) filter (where e.type = 2)::int as clicks,
        count(*) filter (where e.type = 3)::int as pageviews
      from bounds b join site.events e on e.site_id = ${siteId} and ${withinTime(sql`e.occurred_at`, sql`b.lo`, sql`b.hi`)}
      where e.type in (1, 2, 3)
      group by 1, 2, 3
    ),
    viewed as materialized (select coalesce(sum(pageviews), 0)::int as pageviews from contact),
    fact as materialized (
      select h, source_id, page_id, agent_id, country, 0 as impressions, 0 as clicks, pageviews, 1 as sessions from visit
      union all
      select null, source_id, 0, agent_id, country, impressions, clicks, 0, 0 from contact
    )`;
}

/** `cell`: facts by visitor and key, four keys a fact; `origin` and `pair`: what a source means. */
function cells(): SQL {
  return sql`
    origin as materialized (
      select f.source_id, d.channel, d.campaign_id, d.utm_source, d.utm_medium, d.utm_content, d.utm_term, d.link_slug,
        dense_rank() over (order by d.channel collate "C", d.campaign_id) as pair
      from (select distinct source_id from fact) f left join site.sources d on d.id = f.source_id
    ),
    pair as materialized (select distinct pair, channel, campaign_id from origin),
    cell as materialized (
      select key.k, f.h, sum(f.impressions)::int as impressions, sum(f.clicks)::int as clicks,
        sum(f.pageviews)::int as pageviews, sum(f.sessions)::int as sessions
      from fact f join origin o on o.source_id = f.source_id
      cross join lateral (values
        ((1::bigint << 60) | f.source_id), ((2::bigint << 60) | (o.pair << 34) | f.page_id),
        ((3::bigint << 60) | (o.pair << 34) | f.agent_id),
        ((4::bigint << 60) | (o.pair << 34) | case f.country when '' then 0 else ascii(f.country) * 256 + ascii(right(f.country, 1)) end)
      ) as key (k)
      group by 1, 2
    )`;
}

/** `grp`: the groups that each key counts for; a hash of 64 bits names them, which spares sorting their texts. */
function groups(): SQL {
  return sql`
    key as materialized (
      select k, k >> 60 as kind, (k >> 34) & 67108863 as pair, k & 17179869183 as id from (select distinct k from cell) c
    ),
    named as (
      select k.k, o.channel, o.campaign_id, v.dimension, v.entry
      from key k join origin o on k.kind = 1 and o.source_id = k.id
      cross join lateral (values ('all', ''), ('campaign', o.campaign_id::text), ('channel', coalesce(o.channel, 'unassigned')),
        ('utm_source', o.utm_source), ('utm_medium', o.utm_medium), ('utm_content', o.utm_content),
        ('utm_term', o.utm_term), ('link', o.link_slug)) as v (dimension, entry)
      where v.dimension <> 'link' or v.entry is not null
      union all
      select k.k, p.channel, p.campaign_id, 'landing_page', nullif(k.id, 0)::text
      from key k join pair p on k.kind = 2 and p.pair = k.pair
      union all
      select k.k, p.channel, p.campaign_id, v.dimension, v.entry
      from key k join pair p on k.kind = 3 and p.pair = k.pair
      left join site.agents a on a.id = k.id
      cross join lateral (values ('device', a.device), ('browser', a.browser), ('os', a.os)) as v (dimension, entry)
      union all
      select k.k, p.channel, p.campaign_id, 'country', case k.id when 0 then '' else chr((k.id >> 8)::int) || chr((k.id & 255)::int) end
      from key k join pair p on k.kind = 4 and p.pair = k.pair
    ),
    grp as materialized (
      select n.k, s.scope, s.scope_key, n.dimension, coalesce(n.entry, '') as entry,
        hashtextextended(concat_ws(chr(1), s.scope, s.scope_key, n.dimension, coalesce(n.entry, '')), 0) as gid
      from named n
      cross join lateral (
        select 'site' as scope, '' as scope_key
        union all select 'channel', n.channel where n.channel is not null and n.dimension not in ('channel', 'link')
        union all select 'campaign', n.campaign_id::text
          where n.campaign_id is not null and n.dimension not in ('campaign', 'link')
      ) as s
    )`;
}
