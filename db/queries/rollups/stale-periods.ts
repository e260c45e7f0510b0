import { sql, type SQL } from "drizzle-orm";

import type { Span } from "#core/rollup/dimensions.ts";
import type { Database } from "#db/database.ts";
import { markVersion } from "#db/queries/ingest/mark-stale.ts";

/** A day, week or month to be rolled up, at the version its mark had when it was listed. */
export type StalePeriod = { siteId: number; span: Span; startsOn: string; version: number };

/** A day that took a second or longer to count rests twenty times as long before it is counted again. */
const QUICK_MS = 1_000;
const REST_FACTOR = 20;

/** Not those whose day waits anyway: it is counted once. */
const WAITS_FOR_LINKS = sql`(p.span = 'links' and not exists (
  select from site.stale_periods d where d.site_id = p.site_id and d.span = 'day' and d.starts_on = p.starts_on))`;

/**
 * Stale days, the oldest marks first, and with them those of which the short links are to be counted. The current day of a
 * large site is stale all the time and takes long: it is counted so often that at most a twentieth of the time goes into it.
 * What it says then is as of its last roll.
 */
export async function listStaleDays(db: Database, limit: number): Promise<StalePeriod[]> {
  const { rows } = await db.execute<RawPeriod>(sql`
    select p.site_id, p.starts_on::text as starts_on, p.version
    from site.stale_periods p
    left join site.rollup_periods r on r.site_id = p.site_id and r.scope = 'site' and r.scope_key = ''
      and r.dimension = 'all' and r.span = 'day' and r.starts_on = p.starts_on and r.currency = ''
    where (p.span = 'day' or ${WAITS_FOR_LINKS}) and (r.took_ms is null or r.took_ms < ${QUICK_MS}
      or r.rolled_at < now() - make_interval(secs => r.took_ms * ${REST_FACTOR} / 1000.0))
    order by p.marked_at, p.site_id, p.starts_on
    limit ${limit}`);
  return rows.map((row) => periodOf(row, "day"));
}

type RawPeriod = { site_id: number; starts_on: string; version: string };

function periodOf(row: RawPeriod, span: Span): StalePeriod {
  return { siteId: row.site_id, span, startsOn: row.starts_on, version: Number(row.version) };
}

/**
 * Weeks or months that are over, in whatever zone, whose days are all rolled up, and that have lain still for `settleSeconds`: an import of
 * old data marks one again and again, and each time it would be put together whole.
 */
export async function listStaleSpans(
  db: Database,
  { span, settleSeconds, limit }: { span: "week" | "month"; settleSeconds: number; limit: number },
): Promise<StalePeriod[]> {
  const length = sql.raw(span === "week" ? "interval '7 days'" : "interval '1 month'");
  const { rows } = await db.execute<RawPeriod>(sql`
    select p.site_id, p.starts_on::text as starts_on, p.version
    from site.stale_periods p
    where p.span = ${span} and p.marked_at <= now() - make_interval(secs => ${settleSeconds}::int)
      and p.starts_on + ${length} <= ((now() - interval '12 hours') at time zone 'UTC')::date
      and not exists (
        select from site.stale_periods d
        where d.site_id = p.site_id and d.span in ('day', 'links') and d.starts_on >= p.starts_on
          and d.starts_on < p.starts_on + ${length})
    order by p.marked_at, p.site_id, p.starts_on
    limit ${limit}`);
  return rows.map((row) => periodOf(row, span));
}

/** Days behind the site's closed seal that are stale although their raw events are about to go, the oldest first. */
export async function listStaleDaysBehindSeal(db: Database, siteId: number): Promise<StalePeriod[]> {
  const { rows } = await db.execute<RawPeriod>(sql`
    select p.site_id, p.starts_on::text as starts_on, p.version
    from site.sites t
    join site.stale_periods p on p.site_id = t.id and (p.span = 'day' or ${WAITS_FOR_LINKS})
      and p.starts_on < (t.sealed_before at time zone t.time_zone)::date
    where t.id = ${siteId}
    order by p.starts_on`);
  return rows.map((row) => periodOf(row, "day"));
}

/** Marks the local days of these hours, given as JSON `[{ b: bucket }]`. */
export function markDaysOf(siteId: number, json: string): SQL {
  return sql`
    insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
    select distinct t.id, 'day', greatest((h.b at time zone t.time_zone)::date, t.raw_day) as day, ${markVersion()}, now()
    from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz)
    join site.sites t on t.id = ${siteId}
    order by day
    on conflict (site_id, span, starts_on) do update set version = excluded.version`;
}

/**
 * Marks every day of a site that has been rolled up: a new time zone moves their borders, and a day at the edge may have
 * no hour of its own any more.
 */
export function remarkDays(siteId: number): SQL {
  return sql`
    insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
    select distinct site_id, 'day', starts_on, ${markVersion()}, now()
    from site.rollup_periods
    where site_id = ${siteId} and span = 'day' and scope = 'site' and scope_key = '' and dimension = 'all'
    order by starts_on
    on conflict (site_id, span, starts_on) do update set version = excluded.version`;
}
