import { sql, type SQL } from "drizzle-orm";

import { withinTime } from "#db/queries/events/within-time.ts";

/** Some hours of one site, close to each other: `lo` is the first bucket's instant, `hi` lies after the last one's end. */
export type HourSpan = { siteId: number; lo: string; hi: string };

/**
 * The CTEs that sum hours from raw facts, after `zone` and `hour`. Every part has the same columns. A scope is the site,
 * a campaign or a channel. Facts are read once and summed by
 * source first: what a source counts for is asked of some hundred sources and not of each event.
 *
 * The span's ends are parameters, so that each part is one range of one index, whatever the table has grown to.
 */

/**
 * `edge`: the instants at which the span's local hours begin, in order, and which bucket each is; none before `raw_since`. It is asked of the
 * zone for each quarter of an hour, because a local hour may last 30, 60 or 90 minutes and its bucket may lie before it.
 */
export function hourEdges({ lo, hi }: HourSpan): SQL {
  return sql`
    slot as materialized (
      select date_trunc('hour', q.at, zone.time_zone) as bucket, min(q.at) as lo
      from zone cross join generate_series(${lo}::timestamptz, ${hi}::timestamptz, interval '15 minutes') as q (at)
      where q.at >= zone.raw_since
      group by 1
    ),
    edge as materialized (select array_agg(lo order by lo) as los, array_agg(bucket order by lo) as buckets from slot)`;
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
export function hourlyEvents({ siteId, lo, hi }: HourSpan): SQL {
  return sql`
    event_sum as materialized (
      select width_bucket(e.occurred_at, edge.los) as n, e.source_id, count(*) filter (where e.type = 1) as impressions,
        count(*) filter (where e.type = 2) as clicks, count(*) filter (where e.type = 3) as pageviews
      from site.events e cross join edge
      where e.site_id = ${siteId} and ${withinTime(sql`e.occurred_at`, sql`${lo}::timestamptz`, sql`${hi}::timestamptz`)}
        and e.type in (1, 2, 3)
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
      group by 1, 2, 3, 4, 5
    )`;
}

/**
 * Sessions by the hour they began in, with all their page views, and the distinct visitors who began one. Most visitors
 * of an hour came from one source: they are counted by source. Only those who came from several are looked at one by one,
 * in each scope.
 */
export function hourlySessions({ siteId, lo, hi }: HourSpan): SQL {
  return sql`
    visit as materialized (
      select width_bucket(s.started_at, edge.los) as n, coalesce(s.source_id, 0) as source_id,
        uuid_hash_extended(s.visitor_id, 0) as visitor, s.pageviews
      from site.sessions s cross join edge
      where s.site_id = ${siteId} and ${withinTime(sql`s.started_at`, sql`${lo}::timestamptz`, sql`${hi}::timestamptz`)}
    ),
    met as materialized (
      select n, visitor, min(source_id) as source_id, max(source_id) as last_source_id from visit group by 1, 2
    ),
    session_sum as (
      select n, source_id, count(*) as sessions, sum(pageviews) as pageviews, 0::bigint as visitors
      from visit group by 1, 2
      union all
      select n, source_id, 0, 0, count(*) from met where source_id = last_source_id group by 1, 2
    ),
    session_part as (
      select h.bucket, scope, scope_key, dimension, value, '' as currency, 0::bigint as impressions,
        0::bigint as clicks, coalesce(sum(s.pageviews) filter (where scope <> 'site'), 0) as pageviews,
        sum(s.sessions) as sessions, sum(s.visitors) as visitors, 0::bigint as conversions, 0::bigint as revenue_minor,
        0::bigint as refund_minor
      from session_sum s
      cross join edge
      join hour h on h.bucket = edge.buckets[s.n]
      left join site.sources d on d.id = s.source_id
      ${scopes()}
      group by 1, 2, 3, 4, 5
      union all
      select h.bucket, scope, scope_key, dimension, value, '', 0, 0, 0, 0, count(distinct m.visitor), 0, 0, 0
      from met m
      join visit s on s.n = m.n and s.visitor = m.visitor
      cross join edge
      join hour h on h.bucket = edge.buckets[m.n]
      left join site.sources d on d.id = s.source_id
      ${scopes()}
      where m.source_id <> m.last_source_id
      group by 1, 2, 3, 4, 5
    )`;
}

/**
 * Conversions and their money, a row a currency; refunds in the hour of the refund (product.md §4). A refund never
 * takes more than what is left of its conversion.
 */
export function hourlyMoney({ siteId, lo, hi }: HourSpan): SQL {
  return sql`
    money as (
      select c.at, c.currency::text as currency, 1 as conversions, c.value_minor, 0::bigint as refund_minor
      from site.conversions c
      where c.site_id = ${siteId} and not c.is_test and c.at >= ${lo}::timestamptz and c.at < ${hi}::timestamptz
      union all
      select r.at, coalesce(r.currency, '')::text, 0, 0, r.taken_minor
      from site.refund_effects r
      where r.site_id = ${siteId} and not r.is_test and r.at >= ${lo}::timestamptz and r.at < ${hi}::timestamptz
    ),
    money_part as (
      select h.bucket, 'site' as scope, '' as scope_key, 'all' as dimension, '' as value, m.currency,
        0::bigint as impressions, 0::bigint as clicks, 0::bigint as pageviews, 0::bigint as sessions,
        0::bigint as visitors, sum(m.conversions) as conversions, sum(m.value_minor) as revenue_minor,
        sum(m.refund_minor) as refund_minor
      from money m
      cross join edge
      join hour h on h.bucket = edge.buckets[width_bucket(m.at, edge.los)]
      group by 1, 6
    )`;
}
