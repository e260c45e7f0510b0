import { sql, type SQL } from "drizzle-orm";

import { dayBounds } from "./day-bounds.ts";

/** Traffic of one day: sums of the hourly rollups, and the day's distinct visitors. */
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

function scopeOf(campaignId: number | null): SQL {
  return campaignId === null
    ? sql`r.scope = 'site' and r.scope_key = ''`
    : sql`r.scope = 'campaign' and r.scope_key = ${String(campaignId)}`;
}

/** Visitors who began a session of the scope; exact, from the sessions' index. */
function sessionFilter(campaignId: number | null): SQL {
  return campaignId === null
    ? sql`true`
    : sql`exists (select from site.sources d where d.id = s.source_id and d.campaign_id = ${campaignId})`;
}

/** Days of a range with traffic, oldest first, then the range as a whole (`day` null): visitors do not add up. */
export function trafficDays({ siteId, from, to, campaignId }: TrafficQuestion): SQL {
  return sql`
    with ${dayBounds(siteId, from, to)},
    summed as (
      select (r.bucket at time zone b.time_zone)::date as day, sum(r.impressions) as impressions,
        sum(r.clicks) as clicks, sum(r.pageviews) as pageviews, sum(r.sessions) as sessions
      from bounds b
      join site.rollup_hours r on r.site_id = ${siteId} and ${scopeOf(campaignId)} and r.dimension = 'all'
        and r.bucket >= b.lo and r.bucket < b.hi
      where r.currency = ''
      group by grouping sets ((1), ())
    ),
    met as (
      select (s.started_at at time zone b.time_zone)::date as day, count(distinct s.visitor_id) as visitors
      from bounds b
      join site.sessions s on s.site_id = ${siteId} and s.started_at >= b.lo and s.started_at < b.hi
      where ${sessionFilter(campaignId)}
      group by grouping sets ((1), ())
    )
    select coalesce(summed.day, met.day)::text as day, coalesce(impressions, 0)::int as impressions,
      coalesce(clicks, 0)::int as clicks, coalesce(pageviews, 0)::int as pageviews,
      coalesce(sessions, 0)::int as sessions, coalesce(visitors, 0)::int as visitors
    from summed full join met on coalesce(met.day, 'infinity') = coalesce(summed.day, 'infinity')
    order by 1 nulls last`;
}

/** Traffic of a range by channel (of the site or of one campaign), or by campaign. */
export function trafficByGroup(question: TrafficQuestion & { by: "channel" | "campaign" }): SQL {
  const { siteId, from, to, campaignId, by } = question;
  const key = by === "campaign" ? sql`d.campaign_id::text` : sql`coalesce(d.channel, 'unassigned')`;
  const rollupKey = by === "channel" && campaignId !== null ? sql`r.value` : sql`r.scope_key`;
  const rollupScope =
    by === "channel" && campaignId !== null
      ? sql`r.scope = 'campaign' and r.scope_key = ${String(campaignId)} and r.dimension = 'channel'`
      : sql`r.scope = ${by} and r.dimension = 'all'`;
  return sql`
    with ${dayBounds(siteId, from, to)},
    summed as (
      select ${rollupKey} as key, sum(r.impressions) as impressions, sum(r.clicks) as clicks,
        sum(r.sessions) as sessions
      from bounds b
      join site.rollup_hours r on r.site_id = ${siteId} and ${rollupScope} and r.bucket >= b.lo and r.bucket < b.hi
      where r.currency = ''
      group by 1
    ),
    met as (
      select ${key} as key, count(distinct s.visitor_id) as visitors
      from bounds b
      join site.sessions s on s.site_id = ${siteId} and s.started_at >= b.lo and s.started_at < b.hi
      join site.sources d on d.id = s.source_id
      where ${sessionFilter(campaignId)}
      group by 1
    )
    select key, coalesce(impressions, 0)::int as impressions, coalesce(clicks, 0)::int as clicks,
      coalesce(sessions, 0)::int as sessions, coalesce(visitors, 0)::int as visitors
    from summed full join met using (key)
    where key is not null
    order by 1`;
}

/** Refunds of a range by currency, of the whole site: they are shown beside the revenue they have lowered. */
export function refundTotals(siteId: number, from: string, to: string): SQL {
  return sql`
    with ${dayBounds(siteId, from, to)}
    select r.currency, sum(r.refund_minor) as refund_minor
    from bounds b
    join site.rollup_hours r on r.site_id = ${siteId} and r.scope = 'site' and r.scope_key = ''
      and r.dimension = 'all' and r.bucket >= b.lo and r.bucket < b.hi
    where r.currency <> ''
    group by 1`;
}

/** Spend of a range by day, campaign and currency. */
export function spendRows(siteId: number, from: string, to: string): SQL {
  return sql`
    select day::text as day, campaign_id, currency, sum(amount_minor) as amount_minor
    from site.spend
    where site_id = ${siteId} and day between ${from}::date and ${to}::date
    group by 1, 2, 3
    order by 1, 2, 3`;
}

/**
 * The version vector of what a result is made of, hashed: the days from `from − lookback` to `to`, the matchers and
 * the spend (decisions 22); and the oldest mark of an hour that is still to be rolled up.
 */
export function dataVersion(siteId: number, from: string, to: string): SQL {
  return sql`
    select t.currency, t.time_zone, md5(coalesce(
        (select string_agg(v.day || ':' || v.version, ',' order by v.day) from site.data_versions v
         where v.site_id = t.id and v.day between ${from}::date and ${to}::date), '')
        || '/m' || t.matcher_version || '/s' || t.spend_version) as version,
      (select to_char(min(h.marked_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from site.stale_hours h
       where h.site_id = t.id) as stale_since
    from site.sites t where t.id = ${siteId}`;
}

/** The campaigns of a site, archived ones too: money they earned stays in every total. */
export function campaignNames(siteId: number): SQL {
  return sql`
    select id, public_id, name, channel, status, currency from site.campaigns where site_id = ${siteId} order by id`;
}
