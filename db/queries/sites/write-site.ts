import { and, eq, sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { pgCode } from "#db/pg-error.ts";
import { markVersion } from "#db/queries/ingest/mark-stale.ts";
import { remarkDays } from "#db/queries/rollups/stale-periods.ts";
import { sites } from "#db/schema/site/sites.ts";

const INVALID_PARAMETER_VALUE = "22023";

export type SiteRow = typeof sites.$inferSelect;
type NewSite = typeof sites.$inferInsert;
export type SiteChanges = Partial<Omit<NewSite, "id" | "accountId" | "publicId" | "siteKey">>;

/** Makes the site's row under the int that the directory allocated. */
export async function insertSite(db: Database, site: NewSite): Promise<void> {
  await db.insert(sites).values(site);
}

/**
 * Changes a site. A new time zone moves the borders of hours and days: what was rolled up under the old one is marked
 * to be rolled up anew, in the same transaction.
 */
export async function updateSite(
  db: Database,
  site: { siteId: number; accountId: number },
  changes: SiteChanges,
): Promise<void> {
  const isThisSite = and(eq(sites.id, site.siteId), eq(sites.accountId, site.accountId));
  const update = db.update(sites).set(changes).where(isThisSite);
  if (changes.timeZone === undefined) {
    await update;
    return;
  }
  await db.batch([
    update,
    db.execute(remarkHours(site.siteId)),
    db.execute(raiseVersions(site.siteId)),
    db.execute(dropShiftedHours(site.siteId)),
    db.execute(remarkDays(site.siteId)),
  ]);
}

/** Whether Postgres, too, knows the zone: it is Postgres that draws the borders of days. */
export async function isZoneOfPostgres(db: Database, timeZone: string): Promise<boolean> {
  try {
    await db.execute(sql`select now() at time zone ${timeZone}`);
    return true;
  } catch (error) {
    if (pgCode(error) === INVALID_PARAMETER_VALUE) return false;
    throw error;
  }
}

/** The new zone's hours that meet an hour that was rolled up or marked under the old one. */
function touchedHours(siteId: number): SQL {
  return sql`
    old as (
      select bucket from site.rollup_hours where site_id = ${siteId}
      union select bucket from site.stale_hours where site_id = ${siteId}
    ),
    touched as (
      select distinct date_trunc('hour', o.bucket + m.part, t.time_zone) as bucket, t.time_zone
      from old o cross join (values (interval '0'), (interval '59 minutes')) as m (part)
      join site.sites t on t.id = ${siteId}
    )`;
}

function remarkHours(siteId: number): SQL {
  return sql`
    with ${touchedHours(siteId)}
    insert into site.stale_hours (site_id, bucket, version, marked_at)
    select ${siteId}, bucket, ${markVersion()}, now() from touched order by bucket
    on conflict (site_id, bucket) do update set version = excluded.version`;
}

function raiseVersions(siteId: number): SQL {
  return sql`
    with ${touchedHours(siteId)}
    insert into site.data_versions (site_id, day, version)
    select distinct ${siteId}::integer, (bucket at time zone time_zone)::date as day, 1 from touched order by day
    on conflict (site_id, day) do update set version = data_versions.version + 1`;
}

/** Rows whose hour no longer begins where an hour of the site begins would be counted twice. */
function dropShiftedHours(siteId: number): SQL {
  return sql`
    with shifted_marks as (
      delete from site.stale_hours s using site.sites t
      where t.id = ${siteId} and s.site_id = t.id and date_trunc('hour', s.bucket, t.time_zone) <> s.bucket
    )
    delete from site.rollup_hours r using site.sites t
    where t.id = ${siteId} and r.site_id = t.id and date_trunc('hour', r.bucket, t.time_zone) <> r.bucket`;
}
