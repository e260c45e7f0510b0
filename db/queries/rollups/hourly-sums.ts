import { sql, type SQL } from "drizzle-orm";

/**
 * The CTEs that sum one hour from raw facts, after a CTE `hour (bucket, time_zone, site_id)`. Every part has the same
 * columns. A scope is the site, a campaign or a channel; the dimension `channel` of a campaign crosses the two.
 * A local hour may last 30, 60 or 90 minutes where a zone shifts by half an hour, so its end is asked of the zone.
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
export function hourlyEvents(): SQL {
  return sql`
    event_part as (
      select h.site_id, h.bucket, scope, scope_key, dimension, value, '' as currency,
        count(*) filter (where e.type = 1) as impressions, count(*) filter (where e.type = 2) as clicks,
        count(*) filter (where e.type = 3 and scope = 'site') as pageviews,
        0::bigint as sessions, 0::bigint as visitors, 0::bigint as conversions, 0::bigint as revenue_minor,
        0::bigint as refund_minor
      from hour h
      join site.events e on e.site_id = h.site_id and e.occurred_at >= h.bucket
        and e.occurred_at < h.bucket + interval '90 minutes'
        and date_trunc('hour', e.occurred_at, h.time_zone) = h.bucket
      left join site.sources d on d.id = e.source_id
      ${scopes()}
      where e.type in (1, 2, 3)
      group by 1, 2, 3, 4, 5, 6
    )`;
}

/** Sessions by the hour they began in, with all their page views, and the distinct visitors who began one. */
export function hourlySessions(): SQL {
  return sql`
    session_part as (
      select h.site_id, h.bucket, scope, scope_key, dimension, value, '' as currency, 0::bigint as impressions,
        0::bigint as clicks, coalesce(sum(s.pageviews) filter (where scope <> 'site'), 0) as pageviews,
        count(*) as sessions, count(distinct s.visitor_id) as visitors, 0::bigint as conversions,
        0::bigint as revenue_minor, 0::bigint as refund_minor
      from hour h
      join site.sessions s on s.site_id = h.site_id and s.started_at >= h.bucket
        and s.started_at < h.bucket + interval '90 minutes'
        and date_trunc('hour', s.started_at, h.time_zone) = h.bucket
      left join site.sources d on d.id = s.source_id
      ${scopes()}
      group by 1, 2, 3, 4, 5, 6
    )`;
}

/**
 * Conversions and their money, a row a currency; refunds in the hour of the refund (product.md §4). A refund never
 * takes more than what is left of its conversion.
 */
export function hourlyConversions(): SQL {
  return sql`
    money_part as (
      select h.site_id, h.bucket, 'site' as scope, '' as scope_key, 'all' as dimension, '' as value, m.currency,
        0::bigint as impressions, 0::bigint as clicks, 0::bigint as pageviews, 0::bigint as sessions,
        0::bigint as visitors, sum(m.conversions) as conversions, sum(m.value_minor) as revenue_minor,
        sum(m.refund_minor) as refund_minor
      from hour h
      join lateral (
        select c.currency::text as currency, 1 as conversions, c.value_minor, 0::bigint as refund_minor
        from site.conversions c
        where c.site_id = h.site_id and not c.is_test and c.at >= h.bucket and c.at < h.bucket + interval '90 minutes'
          and date_trunc('hour', c.at, h.time_zone) = h.bucket
        union all
        select coalesce(r.currency, '')::text, 0, 0, r.taken_minor
        from site.refund_effects r
        where r.site_id = h.site_id and not r.is_test and r.at >= h.bucket and r.at < h.bucket + interval '90 minutes'
          and date_trunc('hour', r.at, h.time_zone) = h.bucket
      ) m on true
      group by 1, 2, 3, 4, 5, 6, 7
    )`;
}
