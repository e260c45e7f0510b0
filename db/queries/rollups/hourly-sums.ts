import { sql, type SQL } from "drizzle-orm";

/** Some hours of one site, close to each other: `lo` is the first bucket's instant, `hi` lies after the last one's end. */
export type HourSpan = { siteId: number; lo: string; hi: string };

/**
 * The CTEs that sum hours from raw facts, after CTEs `hour (bucket)` and `zone (time_zone, raw_since)`. Every part has the same columns. A
 * scope is the site, a campaign or a channel; the dimension `channel` of a campaign crosses the two.
 * The span's ends are parameters, so that each part is one range of one index, whatever the table has grown to. Which
 * hour an instant lies in is asked of the zone: a local hour may last 30, 60 or 90 minutes.
 */

/** What each contact counts for: the site, its channel, its campaign, and its campaign by channel. */
function scopes(): SQL {
  return sql`
    cross join lateral (
      select 'site' as scope, '' as scope_key, 'all' as dimension, '' as value
      union all select 'channel', d.channel, 'all', '' where d.channel is not null
      union all select 'campaign', d.campaign_id::text, 'all', '' where d.campaign_id is not null
      union all select 'campaign', d.campaign_id::text, 'channel', d.channel where d.campaign_id is not null
    ) as scope`;
}

/** Impressions, clicks and page views, by the hour in which they occurred. */
export function hourlyEvents({ siteId, lo, hi }: HourSpan): SQL {
  return sql`
    event_part as (
      select h.bucket, scope, scope_key, dimension, value, '' as currency,
        count(*) filter (where e.type = 1) as impressions, count(*) filter (where e.type = 2) as clicks,
        count(*) filter (where e.type = 3 and scope = 'site') as pageviews,
        0::bigint as sessions, 0::bigint as visitors, 0::bigint as conversions, 0::bigint as revenue_minor,
        0::bigint as refund_minor
      from site.events e
      cross join zone
      join hour h on h.bucket = date_trunc('hour', e.occurred_at, zone.time_zone)
      left join site.sources d on d.id = e.source_id
      ${scopes()}
      where e.site_id = ${siteId} and e.occurred_at >= ${lo}::timestamptz and e.occurred_at < ${hi}::timestamptz
        and e.occurred_at >= zone.raw_since
        and e.type in (1, 2, 3)
      group by 1, 2, 3, 4, 5
    )`;
}

/** Sessions by the hour they began in, with all their page views, and the distinct visitors who began one. */
export function hourlySessions({ siteId, lo, hi }: HourSpan): SQL {
  return sql`
    session_part as (
      select h.bucket, scope, scope_key, dimension, value, '' as currency, 0::bigint as impressions,
        0::bigint as clicks, coalesce(sum(s.pageviews) filter (where scope <> 'site'), 0) as pageviews,
        count(*) as sessions, count(distinct s.visitor_id) as visitors, 0::bigint as conversions,
        0::bigint as revenue_minor, 0::bigint as refund_minor
      from site.sessions s
      cross join zone
      join hour h on h.bucket = date_trunc('hour', s.started_at, zone.time_zone)
      left join site.sources d on d.id = s.source_id
      ${scopes()}
      where s.site_id = ${siteId} and s.started_at >= ${lo}::timestamptz and s.started_at < ${hi}::timestamptz
        and s.started_at >= zone.raw_since
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
      cross join zone
      join hour h on h.bucket = date_trunc('hour', m.at, zone.time_zone)
      where m.at >= zone.raw_since
      group by 1, 6
    )`;
}
