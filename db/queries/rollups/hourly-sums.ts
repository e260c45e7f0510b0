import { sql, type SQL } from "drizzle-orm";

import { withinTime } from "#db/queries/events/within-time.ts";

/** Some hours of one site, close to each other: `lo` is the first bucket's instant, `hi` lies after the last one's end. */
export type HourSpan = { siteId: number; lo: string; hi: string };

/**
 * The CTEs that sum hours from raw facts, after `zone` and `hour`. Every part has the same columns. A scope is the site,
 * a campaign or a channel. Facts are read once and summed by
 * source first: what a source counts for is asked of some hundred sources and not of each event.
 */

/**
 * `edge`: the instants at which the span's local hours begin, in order, which bucket each is, and where the last listed
 * hour ends; none before `raw_since`. It is asked of the zone for each quarter of an hour, because a local hour may last
 * 30, 60 or 90 minutes and its bucket may lie before it.
 */
export function hourEdges({ lo, hi }: HourSpan): SQL {
  return sql`
    slot as materialized (
      select bucket, lo, lead(lo, 1, ${hi}::timestamptz) over (order by lo) as hi
      from (
        select date_trunc('hour', q.at, zone.time_zone) as bucket, min(q.at) as lo
        from zone cross join generate_series(${lo}::timestamptz, ${hi}::timestamptz, interval '15 minutes') as q (at)
        where q.at >= zone.raw_since
        group by 1
      ) as begun
    ),
    edge as materialized (
      select array_agg(lo order by lo) as los, array_agg(bucket order by lo) as buckets,
        max(hi) filter (where bucket in (select bucket from hour)) as until
      from slot
    )`;
}

/**
 * The span's own ends are parameters, so that its rows are found as one range of an index whatever the table has grown
 * to; the edges are asked for once, where a join would ask for each row.
 */
function within({ lo, hi }: HourSpan, at: SQL): SQL {
  return sql`${withinTime(at, sql`${lo}::timestamptz`, sql`${hi}::timestamptz`)} and ${at} < (select until from edge)`;
}

/** The number of the slot that an instant lies in. */
function slotOf(at: SQL): SQL {
  return sql`width_bucket(${at}, (select los from edge))`;
}

/** What each contact counts for: the site, its channel, its campaign. Other dimensions are counted by day. */
function scopes(): SQL {
  return sql`
    cross join lateral (
      select 'site' as scope, '' as scope_key, 'all' as dimension, '' as value
      union all select 'channel', d.channel, 'all', '' where d.channel is not null
      union all select 'campaign', d.campaign_id::text, 'all', '' where d.campaign_id is not null
    ) as scope`;
}

/** Impressions, clicks and page views, by the hour in which they occurred. */
export function hourlyEvents(span: HourSpan): SQL {
  return sql`
    event_sum as materialized (
      select ${slotOf(sql`e.occurred_at`)} as n, e.source_id, count(*) filter (where e.type = 1) as impressions,
        count(*) filter (where e.type = 2) as clicks, count(*) filter (where e.type = 3) as pageviews
      from site.events e
      where e.site_id = ${span.siteId} and ${within(span, sql`e.occurred_at`)}
      group by 1, 2
    ),
    event_part as (
      select h.bucket, scope, scope_key, dimension, value, '' as currency, sum(e.impressions) as impressions,
        sum(e.clicks) as clicks, coalesce(sum(e.pageviews) filter (where scope = 'site'), 0) as pageviews,
        0::bigint as sessions, 0::bigint as visitors, 0::bigint as conversions, 0::bigint as revenue_minor,
        0::bigint as refund_minor
      from event_sum e
      cross join edge
      join hour h on h.bucket = edge.buckets[e.n]
      left join site.sources d on d.id = e.source_id
      ${scopes()}
      where e.impressions + e.clicks + e.pageviews > 0
      group by 1, 2, 3, 4, 5
    )`;
}

/**
 * Sessions by the hour they began in, with all their page views, and the distinct visitors who began one. Hardly a
 * visitor begins two sessions in an hour, so visitors are the sessions less the repeats: those whose visitor had begun
 * another one in the same scope and hour.
 */
export function hourlySessions(span: HourSpan): SQL {
  return sql`
    session_sum as materialized (
      select ${slotOf(sql`s.started_at`)} as n, s.source_id, count(*) as sessions, sum(s.pageviews) as pageviews
      ${begunSessions(span)}
      group by 1, 2
    ),
    ${repeats(span)},
    session_part as (
      select h.bucket, scope, scope_key, dimension, value, '' as currency, 0::bigint as impressions,
        0::bigint as clicks, coalesce(sum(s.pageviews) filter (where scope <> 'site'), 0) as pageviews,
        sum(s.sessions) as sessions, sum(s.sessions) as visitors, 0::bigint as conversions, 0::bigint as revenue_minor,
        0::bigint as refund_minor
      from session_sum s
      cross join edge
      join hour h on h.bucket = edge.buckets[s.n]
      left join site.sources d on d.id = s.source_id
      ${scopes()}
      group by 1, 2, 3, 4, 5
      union all
      select h.bucket, r.scope, r.scope_key, r.dimension, r.value, '', 0, 0, 0, 0, -r.repeats, 0, 0, 0
      from repeat r
      cross join edge
      join hour h on h.bucket = edge.buckets[r.n]
    )`;
}

function begunSessions(span: HourSpan): SQL {
  return sql`from site.sessions s where s.site_id = ${span.siteId} and ${within(span, sql`s.started_at`)}`;
}

/**
 * `repeat`: by slot and scope, the sessions of a visitor but for one. Who came twice, or always from one source, is
 * counted by the first and the last of their sources; who came from several and more often, session by session.
 */
function repeats(span: HourSpan): SQL {
  return sql`
    again as materialized (
      select ${slotOf(sql`s.started_at`)} as n, s.visitor_id, min(coalesce(s.source_id, 0)) as source_id,
        max(coalesce(s.source_id, 0)) as other_source_id, count(*) as sessions
      ${begunSessions(span)}
      group by 1, 2
      having count(*) > 1
    ),
    repeat as (
      select p.n, scope, scope_key, dimension, value, sum(p.repeats) as repeats
      from (
        select n, source_id, other_source_id, sum(sessions - 1) as repeats
        from again where sessions = 2 or source_id = other_source_id group by 1, 2, 3
      ) as p
      left join site.sources a on a.id = p.source_id
      left join site.sources b on b.id = p.other_source_id
      cross join lateral (
        select case when a.channel = b.channel then a.channel end as channel,
          case when a.campaign_id = b.campaign_id then a.campaign_id end as campaign_id
      ) as d
      ${scopes()}
      group by 1, 2, 3, 4, 5
      union all
      select g.n, scope, scope_key, dimension, value, count(*) - count(distinct g.visitor_id)
      from again g
      cross join lateral (
        select s.source_id ${begunSessions(span)} and s.visitor_id = g.visitor_id
          and ${slotOf(sql`s.started_at`)} = g.n
        offset 0
      ) as s
      left join site.sources d on d.id = s.source_id
      ${scopes()}
      where g.sessions > 2 and g.source_id <> g.other_source_id
      group by 1, 2, 3, 4, 5
    )`;
}

/**
 * Conversions and their money, a row a currency; refunds in the hour of the refund (product.md §4). A refund never
 * takes more than what is left of its conversion.
 */
export function hourlyMoney(span: HourSpan): SQL {
  return sql`
    money as (
      select c.at, c.currency::text as currency, 1 as conversions, c.value_minor, 0::bigint as refund_minor
      from site.conversions c
      where c.site_id = ${span.siteId} and not c.is_test and ${within(span, sql`c.at`)}
      union all
      select r.at, coalesce(r.currency, '')::text, 0, 0, r.taken_minor
      from site.refund_effects r
      where r.site_id = ${span.siteId} and not r.is_test and ${within(span, sql`r.at`)}
    ),
    money_part as (
      select h.bucket, 'site' as scope, '' as scope_key, 'all' as dimension, '' as value, m.currency,
        0::bigint as impressions, 0::bigint as clicks, 0::bigint as pageviews, 0::bigint as sessions,
        0::bigint as visitors, sum(m.conversions) as conversions, sum(m.value_minor) as revenue_minor,
        sum(m.refund_minor) as refund_minor
      from money m
      cross join edge
      join hour h on h.bucket = edge.buckets[${slotOf(sql`m.at`)}]
      group by 1, 6
    )`;
}
