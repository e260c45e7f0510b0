import { sql, type SQL } from "drizzle-orm";

import { dayBounds } from "./day-bounds.ts";

/** Traffic of one day, and the day's distinct visitors, exact. */
export type TrafficDay = {
  day: string;
  impressions: number;
  clicks: number;
  pageviews: number;
  sessions: number;
  visitors: number;
};

export type TrafficQuestion = {
  siteId: number;
  from: string;
  to: string;
  /** The whole site, or one campaign. */
  campaignId: number | null;
};

/** Days of a range with traffic, oldest first, from the rollups of days; visitors come from them in any case. */
export function trafficDays({ siteId, from, to, campaignId }: TrafficQuestion): SQL {
  return sql`
    select r.starts_on::text as day, r.impressions[1] as impressions, r.clicks[1] as clicks,
      r.pageviews[1] as pageviews, r.sessions[1] as sessions, r.visitors[1] as visitors
    from site.rollup_periods r
    where r.site_id = ${siteId} and ${scopeOf(campaignId)} and r.dimension = 'all' and r.span = 'day'
      and r.starts_on between ${from}::date and ${to}::date and r.currency = ''
    order by 1`;
}

/** The same from the rollups of hours, for short ranges: the current hour is in them a minute later at most. */
export function trafficHours(question: TrafficQuestion): SQL {
  const { siteId, from, to, campaignId } = question;
  return sql`
    with ${dayBounds(siteId, from, to)},
    summed as (
      select (r.bucket at time zone b.time_zone)::date::text as day, sum(r.impressions)::int as impressions,
        sum(r.clicks)::int as clicks, sum(r.pageviews)::int as pageviews, sum(r.sessions)::int as sessions
      from bounds b
      join site.rollup_hours r on r.site_id = ${siteId} and ${scopeOf(campaignId)} and r.dimension = 'all'
        and r.bucket >= b.lo and r.bucket < b.hi
      where r.currency = ''
      group by 1
    ),
    counted as (${trafficDays(question)})
    select day, coalesce(s.impressions, 0) as impressions, coalesce(s.clicks, 0) as clicks,
      coalesce(s.pageviews, 0) as pageviews, coalesce(s.sessions, 0) as sessions, coalesce(c.visitors, 0) as visitors
    from summed s full join counted c using (day)
    order by 1`;
}

function scopeOf(campaignId: number | null): SQL {
  return campaignId === null
    ? sql`r.scope = 'site' and r.scope_key = ''`
    : sql`r.scope = 'campaign' and r.scope_key = ${String(campaignId)}`;
}

/** Refunds of a range by day and currency, of the whole site: they are shown beside the revenue they have lowered. */
export function refundTotals(siteId: number, from: string, to: string): SQL {
  return sql`
    select r.starts_on::text as day, r.currency, r.refund_minor[1] as refund_minor
    from site.rollup_periods r
    where r.site_id = ${siteId} and r.scope = 'site' and r.scope_key = '' and r.dimension = 'all' and r.span = 'day'
      and r.starts_on between ${from}::date and ${to}::date and r.currency <> '' and r.refund_minor[1] <> 0`;
}

/** Spend of a range as it was entered, by day, campaign and source. */
export function spendRows(siteId: number, from: string, to: string): SQL {
  return sql`
    select day::text as day, campaign_id, source, currency, amount_minor, note
    from site.spend
    where site_id = ${siteId} and day between ${from}::date and ${to}::date
    order by day, campaign_id, source`;
}

/**
 * The version vector of what a result is made of, hashed: the days from `from − lookback` to `to`, the matchers, the
 * spend, and the rates of the days' months (decisions 22); and the oldest mark of an hour or day that is still to be rolled up.
 */
export function dataVersion(siteId: number, from: string, to: string): SQL {
  return sql`
    select t.currency, t.time_zone, t.margin_percent, md5(coalesce(
        (select string_agg(v.day || ':' || v.version, ',' order by v.day) from site.data_versions v
         where v.site_id = t.id and v.day between ${from}::date and ${to}::date), '')
        || '/m' || t.matcher_version || '/s' || t.spend_version || '/r' || coalesce(
        (select sum(r.version) from site.rate_versions r
         where r.account_id in (0, t.account_id)
           and r.month between date_trunc('month', ${from}::date - 7)::date and ${to}::date), 0)) as version,
      to_char(least(
        (select min(least(h.marked_at, now())) from site.stale_hours h where h.site_id = t.id),
        (select min(least(p.marked_at, now())) from site.stale_periods p where p.site_id = t.id and p.span = 'day')
      ) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as stale_since
    from site.sites t where t.id = ${siteId}`;
}

/** The campaigns of a site, archived ones too: money they earned stays in every total. */
export function campaignNames(siteId: number): SQL {
  return sql`
    select id, public_id, name, channel, status, currency, margin_percent from site.campaigns where site_id = ${siteId} order by id`;
}
