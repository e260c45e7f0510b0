import { sql, type SQL } from "drizzle-orm";

import { BASELINE_WEEKS } from "#core/alerts/hour-baseline.ts";
import type { Database } from "#db/database.ts";

export type SilentSite = {
  siteId: number;
  accountId: number;
  publicId: string;
  name: string;
  timeZone: string;
  lastEventMs: number;
  /** Events in the same stretch of each of the last weeks, newest first, as far back as the site had its first event. */
  weeks: number[];
};

/**
 * Sites that have stored nothing since this UTC hour began and for half an hour at least, though they did in the last
 * nine days, with what the stretch since then had in earlier weeks (its last 24 hours, where it is longer); and those
 * of `openSiteIds` whatever they did. A busy site costs one look into the index of receipts; a hour of the rollup counts
 * for the part of it that lies in the stretch. Weeks go by the clock on the wall.
 */
export async function measureSilence(
  db: Database,
  { at, openSiteIds }: { at: Date; openSiteIds: readonly number[] },
): Promise<SilentSite[]> {
  const { rows } = await db.execute<SilentSite>(silentSites({ at, openSiteIds }));
  return rows;
}

/** The statement. */
export function silentSites({ at, openSiteIds }: { at: Date; openSiteIds: readonly number[] }): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql`
    with latest as materialized (
      select s.id, s.account_id, s.public_id, s.name, s.time_zone, s.first_event_at, newest.hour
      from site.sites s
      cross join lateral (
        select r.hour from site.receipts r
        where r.site_id = s.id and r.stored > 0 and r.hour > ${now} - interval '9 days' and r.hour <= ${now}
        order by r.hour desc limit 1
      ) as newest
    ),
    asked as materialized (
      -- First of all: the receipts of an hour are many, and a site that is heard of in this one is not silent.
      select l.*, l.id in (
          select o::int from jsonb_array_elements_text(${JSON.stringify(openSiteIds)}::jsonb) as o) as is_open
      from latest l
    ),
    silent as materialized (
      select l.*, last.at as last_at
      from (select * from asked where is_open or hour < date_trunc('hour', ${now}, 'UTC')) as l
      cross join lateral (
        select max(r.stored_at) as at from site.receipts r
        where r.site_id = l.id and r.hour = l.hour and r.stored > 0 and r.stored_at <= ${now}
      ) as last
      where last.at <= ${now} - interval '30 minutes' or l.is_open and last.at is not null
    )
    select s.id as "siteId", s.account_id as "accountId", s.public_id as "publicId", s.name,
      s.time_zone as "timeZone", (extract(epoch from s.last_at) * 1000)::float8 as "lastEventMs",
      coalesce((
        select json_agg(w.events order by w.k)
        from (
          select k, coalesce(sum((r.impressions + r.clicks + r.pageviews + r.conversions)
            * extract(epoch from least(week.hi, r.bucket + interval '1 hour') - greatest(week.lo, r.bucket)) / 3600
          ), 0)::float8 as events
          from generate_series(1, ${BASELINE_WEEKS}::int) as k
          cross join lateral (
            select ((greatest(s.last_at, ${now} - interval '24 hours') at time zone s.time_zone) - k * interval '7 days')
                at time zone s.time_zone as lo,
              ((${now} at time zone s.time_zone) - k * interval '7 days') at time zone s.time_zone as hi
          ) as week
          left join site.rollup_hours r on r.site_id = s.id and r.scope = 'site' and r.scope_key = ''
            and r.dimension = 'all' and r.bucket > week.lo - interval '1 hour' and r.bucket < week.hi
          where s.first_event_at <= week.lo
          group by k
        ) as w
      ), '[]') as weeks
    from silent s`;
}
