import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { markVersion } from "#db/queries/ingest/mark-stale.ts";

/** Half-open, by the beginnings of hours as they stand: ISO instants. */
export type ZonePart = { siteId: number; from: string; before: string };

/** Hours may be marked or rolled up that lie a little ahead: ids and clocks may. */
const AHEAD_DAYS = 2;

/**
 * Notes that all of a site's hours, newest first, are to be cut anew by the zone that is about to be written. Those
 * behind the seal are left alone: the floor is the old zone's hour in which the seal lies. A rebuild that is under
 * way begins afresh.
 */
export function noteRebuild({ siteId, now }: { siteId: number; now: Date }): SQL {
  return sql`
    insert into site.zone_rebuilds as z (site_id, before, floor)
    select t.id, ${now.toISOString()}::timestamptz + make_interval(days => ${AHEAD_DAYS}),
      coalesce(date_trunc('hour', t.sealed_before, t.time_zone), '-infinity')
    from site.sites t where t.id = ${siteId}
    on conflict (site_id) do update set before = excluded.before, floor = least(z.floor, excluded.floor)`;
}

/** Sites of the database whose hours are still to be cut anew. Takes no site: it serves a cron. */
export async function listZoneRebuilds(db: Database): Promise<number[]> {
  const { rows } = await db.execute<{ site_id: number }>(
    sql`select site_id from site.zone_rebuilds order by site_id`,
  );
  return rows.map(({ site_id: siteId }) => siteId);
}

/**
 * The next part of a site to be cut anew: `days` back from the latest hour not done, that has a rollup or a mark. Null
 * when nothing is left. Reads one end of two indexes.
 */
export async function nextZonePart(db: Database, siteId: number, days: number): Promise<ZonePart | null> {
  const { rows } = await db.execute<{ lo: string; hi: string }>(sql`
    with latest as (
      select z.floor, greatest(
        (select max(r.bucket) from site.rollup_hours r
         where r.site_id = z.site_id and r.bucket < z.before and r.bucket >= z.floor),
        (select max(s.bucket) from site.stale_hours s
         where s.site_id = z.site_id and s.bucket < z.before and s.bucket >= z.floor)) as bucket
      from site.zone_rebuilds z where z.site_id = ${siteId}
    )
    select ${isoText(sql`bucket + interval '1 millisecond'`)} as hi,
      ${isoText(sql`greatest(floor, bucket - make_interval(days => ${days}))`)} as lo
    from latest where bucket is not null`);
  const [part] = rows;
  return part ? { siteId, from: part.lo, before: part.hi } : null;
}

/**
 * Cuts one part anew, in one transaction: marks the new zone's hours that meet an hour which was rolled up or marked,
 * takes away the rows that no longer stand on an hour of the zone (they would be counted twice), raises the days'
 * versions and notes how far it has come. Harmless twice and for two at once. The roller's own lock keeps it out.
 */
export async function rebuildZonePart(db: Database, part: ZonePart): Promise<void> {
  const { siteId, from } = part;
  await db.batch([
    db.execute(sql`select pg_advisory_xact_lock(hashtextextended('rollup', ${siteId}))`),
    db.execute(markHours(part)),
    db.execute(raiseVersions(part)),
    db.execute(dropShifted(part)),
    db.execute(sql`
      update site.zone_rebuilds set before = least(before, ${from}::timestamptz) where site_id = ${siteId}`),
  ]);
}

/** Ends the rebuild, unless the zone was changed again meanwhile and it began afresh. */
export async function endZoneRebuild(db: Database, siteId: number): Promise<void> {
  await db.execute(sql`
    delete from site.zone_rebuilds z where z.site_id = ${siteId}
      and not exists (select from site.rollup_hours r
        where r.site_id = z.site_id and r.bucket < z.before and r.bucket >= z.floor)
      and not exists (select from site.stale_hours s
        where s.site_id = z.site_id and s.bucket < z.before and s.bucket >= z.floor)`);
}

/** The new zone's hours that meet an hour of the part, as far as the site is not sealed. */
function touchedHours({ siteId, from, before }: ZonePart): SQL {
  return sql`
    old as (
      select distinct bucket from site.rollup_hours
      where site_id = ${siteId} and bucket >= ${from}::timestamptz and bucket < ${before}::timestamptz
      union select bucket from site.stale_hours
      where site_id = ${siteId} and bucket >= ${from}::timestamptz and bucket < ${before}::timestamptz
    ),
    touched as (
      select distinct date_trunc('hour', o.bucket + m.part, t.time_zone) as bucket, t.time_zone
      from old o cross join (values (interval '0'), (interval '30 minutes'), (interval '59 minutes')) as m (part)
      join site.sites t on t.id = ${siteId}
      where t.sealed_before is null
        or date_trunc('hour', o.bucket + m.part, t.time_zone) >= date_trunc('hour', t.sealed_before, t.time_zone)
    )`;
}

function markHours(part: ZonePart): SQL {
  return sql`
    with ${touchedHours(part)}
    insert into site.stale_hours (site_id, bucket, version, marked_at)
    select ${part.siteId}, bucket, ${markVersion()}, now() from touched order by bucket
    on conflict (site_id, bucket) do update set version = excluded.version`;
}

function raiseVersions(part: ZonePart): SQL {
  return sql`
    with ${touchedHours(part)}
    insert into site.data_versions (site_id, day, version)
    select distinct ${part.siteId}::integer, (bucket at time zone time_zone)::date as day, 1 from touched order by day
    on conflict (site_id, day) do update set version = data_versions.version + 1`;
}

function dropShifted({ siteId, from, before }: ZonePart): SQL {
  return sql`
    with shifted_marks as (
      delete from site.stale_hours s using site.sites t
      where t.id = ${siteId} and s.site_id = ${siteId} and s.bucket >= ${from}::timestamptz
        and s.bucket < ${before}::timestamptz and not site.begins_hour(s.bucket, t.time_zone)
    )
    delete from site.rollup_hours r using site.sites t
    where t.id = ${siteId} and r.site_id = ${siteId} and r.bucket >= ${from}::timestamptz
      and r.bucket < ${before}::timestamptz and not site.begins_hour(r.bucket, t.time_zone)`;
}

function isoText(instant: SQL): SQL {
  return sql`to_char((${instant}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
