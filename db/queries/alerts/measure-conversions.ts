import { sql, type SQL } from "drizzle-orm";

import { BASELINE_WEEKS } from "#core/alerts/hour-baseline.ts";
import type { Database } from "#db/database.ts";

export type SiteConversions = {
  siteId: number;
  accountId: number;
  publicId: string;
  name: string;
  timeZone: string;
  fromMs: number;
  toMs: number;
  conversions: number;
  events: number;
  weeks: number[];
  isStale: boolean;
};

export type ConversionQuestion = {
  at: Date;
  /** Only sites whose id leaves this remainder: all of them take turns. */
  share: { of: number; remainder: number };
  /** Asked whatever their turn. */
  openSiteIds: readonly number[];
  /** How many whole hours are counted; other numbers for some sites. */
  hours: number;
  hoursOf: readonly { siteId: number; hours: number }[];
};

/** A figure of the last whole hour is looked at when it has been summed up. */
const SUMMED_AFTER_MINUTES = 5;

/**
 * Conversions of the last whole hours of the site's clock, and of the same hours of the week in earlier weeks, newest
 * first, as far back as the site had its first event: of all sites in one statement, a few ranges of an index each.
 */
export async function measureConversions(
  db: Database,
  question: ConversionQuestion,
): Promise<SiteConversions[]> {
  const { rows } = await db.execute<SiteConversions>(conversionsOfSites(question));
  return rows;
}

/** The statement. */
export function conversionsOfSites({ at, share, openSiteIds, hours, hoursOf }: ConversionQuestion): SQL {
  const now = sql`(${at.toISOString()}::timestamptz - make_interval(mins => ${SUMMED_AFTER_MINUTES}::int))`;
  return sql`
    with asked as materialized (
      select s.id, s.account_id, s.public_id, s.name, s.time_zone, s.first_event_at,
        date_trunc('hour', ${now}, s.time_zone) as hi,
        coalesce((select h.hours from jsonb_to_recordset(${JSON.stringify(hoursOf)}::jsonb)
          as h ("siteId" int, hours int) where h."siteId" = s.id), ${hours}::int) as hours
      from site.sites s
      where s.first_event_at is not null and (s.id % ${share.of}::int = ${share.remainder}::int
        or s.id in (select o::int from jsonb_array_elements_text(${JSON.stringify(openSiteIds)}::jsonb) as o))
    )
    select a.id as "siteId", a.account_id as "accountId", a.public_id as "publicId", a.name,
      a.time_zone as "timeZone", (extract(epoch from now_.lo) * 1000)::float8 as "fromMs",
      (extract(epoch from a.hi) * 1000)::float8 as "toMs",
      coalesce((w.conversions ->> 0)::int, 0) as conversions, coalesce(w.events, 0)::int as events,
      (w.conversions - 0) as weeks,
      exists (
        select from site.stale_hours m
        where m.site_id = a.id and m.bucket >= now_.lo and m.bucket < a.hi
          and m.marked_at < ${at.toISOString()}::timestamptz - interval '2 minutes'
      ) as "isStale"
    from asked a
    cross join lateral (select a.hi - make_interval(hours => a.hours) as lo) as now_
    cross join lateral (
      select jsonb_agg(sums.conversions order by sums.k) as conversions,
        max(sums.events) filter (where sums.k = 0) as events
      from (
        select k, coalesce(sum(r.conversions), 0) as conversions,
          coalesce(sum(r.impressions + r.clicks + r.pageviews + r.conversions), 0) as events
        from generate_series(0, ${BASELINE_WEEKS}::int) as k
        cross join lateral (
          select ((a.hi at time zone a.time_zone) - k * interval '7 days') at time zone a.time_zone as hi
        ) as week
        left join site.rollup_hours r on r.site_id = a.id and r.scope = 'site' and r.scope_key = ''
          and r.dimension = 'all' and r.bucket >= week.hi - make_interval(hours => a.hours) and r.bucket < week.hi
        where k = 0 or a.first_event_at <= week.hi - make_interval(hours => a.hours)
        group by k
      ) as sums
    ) as w`;
}
