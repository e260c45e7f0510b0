import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import type { StaleHour } from "#db/queries/rollups/list-stale-hours.ts";

/**
 * Seals every site that has events with ids before this month: ingest refuses what occurred before the seal, matchers
 * and zones do not reach behind it (decisions 5). The seal is a midnight of the site at least a day after the month
 * begins, so that sessions and days which cross the border keep all their raw events. Takes no site: it seals all of
 * the database. Harmless twice, and never back.
 */
export async function sealSites(db: Database, { month, now }: { month: Date; now: Date }): Promise<void> {
  const since = sql`${month.toISOString()}::timestamptz`;
  await db.batch([
    db.execute(sealStatement(month)),
    db.execute(sql`
      update site.retention set sealed_month = ${since}, sealed_at = ${now.toISOString()}::timestamptz
      where sealed_month is null or sealed_month < ${since}`),
  ]);
}

/**
 * One probe of the key's index a site and month. Where clocks go back over midnight a day has two, and begins at the first.
 */
export function sealStatement(month: Date): SQL {
  const since = sql`${month.toISOString()}::timestamptz`;
  return sql`
    update site.sites t
    set sealed_before = greatest(t.sealed_before, due.midnight - case
      when (due.midnight - interval '1 hour') at time zone t.time_zone >= due.day then interval '1 hour'
      else interval '0' end)
    from (
      select o.id, d.day, d.day::timestamp at time zone o.time_zone as midnight
      from site.sites o
      cross join lateral (select (${since} at time zone o.time_zone)::date + 2 as day) as d
      cross join lateral (
        select 1 from site.events e where e.site_id = o.id and e.event_id < site.uuid7_floor(${since})
        order by e.event_id limit 1
      ) as old
    ) due
    where t.id = due.id`;
}

/** Sites that are sealed further than they are closed: hours behind the seal may still be rolled up there. */
export async function listOpenSeals(db: Database): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from site.sites where sealed_before is not null and sealed_before is distinct from raw_since order by id`);
  return rows.map(({ id }) => id);
}

/** Marks behind the seal that still have their raw events, the oldest hours first. */
export async function listStaleBehindSeal(db: Database, siteId: number, limit: number): Promise<StaleHour[]> {
  const { rows } = await db.execute<{ bucket: string; version: string }>(sql`
    select to_char(s.bucket at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as bucket, s.version
    from site.sites t join site.stale_hours s on s.site_id = t.id and s.bucket < t.sealed_before
    where t.id = ${siteId}
    order by s.bucket limit ${limit}`);
  return rows.map(({ bucket, version }) => ({ siteId, bucket, version: Number(version) }));
}

/**
 * Closes a site up to its seal, if no hour behind it waits to be rolled up: from now on none ever is. Under the roller's
 * own lock, so that no roll-up that began before ends after. Answers whether it is closed; one that was before stays as it
 * is, whatever its zone has become.
 */
export async function closeSeal(db: Database, siteId: number): Promise<boolean> {
  const [, { rows }] = await db.batch([
    db.execute(sql`select pg_advisory_xact_lock(hashtextextended('rollup', ${siteId}))`),
    db.execute<{ id: number }>(sql`
      update site.sites t set raw_since = t.sealed_before,
        raw_day = case when t.raw_since is distinct from t.sealed_before
          then (t.sealed_before at time zone t.time_zone)::date else t.raw_day end
      where t.id = ${siteId}
        and not exists (select from site.stale_hours s where s.site_id = t.id and s.bucket < t.sealed_before)
        and not exists (select from site.stale_periods p where p.site_id = t.id and p.span in ('day', 'links')
          and p.starts_on < (t.sealed_before at time zone t.time_zone)::date)
      returning t.id`),
  ]);
  return rows.length > 0;
}
