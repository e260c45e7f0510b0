import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type ResultKey = { siteId: number; from: string; to: string };

/** One part of an answer as it is kept. */
export type StoredResult = {
  options: string;
  result: unknown;
  dataVersion: string;
  computedAt: string;
  tookMs: number;
  /** Nothing that it was made of has changed since. */
  isCurrent: boolean;
  /** Sources mean what they meant, and days lie where they lay; only facts may have come in. */
  isMatched: boolean;
};

export type RawStoredResult = {
  options: string;
  result: unknown;
  data_version: string;
  computed_at: string;
  took_ms: number;
  is_current: boolean | null;
  is_matched: boolean | null;
};

/** What is kept for a range of those options, current or not; null results are only asked for, and not among them. */
export function storedResults({ siteId, from, to }: ResultKey, options: readonly string[]): SQL {
  return sql`
    select r.options, r.result, r.data_version, r.took_ms,
      to_char(r.computed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as computed_at,
      r.version = ${versionSince(sql`r.since_day`, to)} as is_current, r.matched = ${matchedNow()} as is_matched
    from site.attribution_results r
    join site.sites t on t.id = r.site_id
    where r.site_id = ${siteId} and r.from_day = ${from}::date and r.to_day = ${to}::date
      and r.options in (${sql.join([...options], sql`, `)}) and r.result is not null`;
}

export function readStoredResults(rows: readonly RawStoredResult[]): StoredResult[] {
  return rows.map((row) => ({
    options: row.options,
    result: row.result,
    dataVersion: row.data_version,
    computedAt: row.computed_at,
    tookMs: row.took_ms,
    isCurrent: row.is_current === true,
    isMatched: row.is_matched === true,
  }));
}

/** Days of a result that a change can reach: `since`, or `-infinity` where all that came before counts. */
export type ResultVersion = { since: string; version: string | null; matched: string | null };

export type ResultVersionQuestion = ResultKey & { lookbackDays: number; sinceEver: boolean };

/**
 * The version that a result of the range has now, from its first day on: `from − lookback`, or so long before the oldest
 * conversion that was refunded in the range. Null while sources wait to be matched again: results of that moment are not
 * worth keeping.
 */
export function resultVersion({ siteId, from, to, lookbackDays, sinceEver }: ResultVersionQuestion): SQL {
  const first = sql`
    least(${from}::date, (
      select min((c.at at time zone t.time_zone)::date)
      from site.refund_effects e join site.conversions c on c.site_id = e.site_id and c.conversion_id = e.conversion_id
      where e.site_id = t.id and e.at >= ${from}::date - interval '1 day' and e.at < ${to}::date + interval '2 days'
    )) - ${lookbackDays}::int - 1`;
  return sql`
    select s.since::text as since, ${versionSince(sql`s.since`, to)} as version, ${matchedNow()} as matched
    from site.sites t
    cross join lateral (select ${sinceEver ? sql`'-infinity'::date` : first} as since) as s
    where t.id = ${siteId}`;
}

/** Each day's version only ever grows, so that any change moves their sum; of the site `t`. */
function versionSince(since: SQL, to: string): SQL {
  return sql`(
    select coalesce(sum(v.version), 0) from site.data_versions v
    where v.site_id = t.id and v.day >= ${since} and v.day <= ${to}::date) || '/' || ${matchedNow()}`;
}

function matchedNow(): SQL {
  return sql`case when not exists (
      select from site.sources s where s.site_id = t.id and s.matcher_version < t.matcher_version)
    then 'm' || t.matcher_version || '/' || t.time_zone || '/' || t.currency end`;
}

export type NewResult = { options: string; result: unknown };

/** Keeps results at the version that was read with their facts; without one they are not kept. The last one stands. */
export function storeResults(
  { siteId, from, to }: ResultKey,
  about: ResultVersion & { dataVersion: string; tookMs: number; computedAt: Date },
  results: readonly NewResult[],
): SQL {
  const json = JSON.stringify(results.map(({ options, result }) => ({ o: options, r: result })));
  return sql`
    insert into site.attribution_results (site_id, options, from_day, to_day, since_day, version, matched, data_version,
      result, took_ms, computed_at)
    select ${siteId}::int, k.o, ${from}::date, ${to}::date, ${about.since}::date, ${about.version}, ${about.matched},
      ${about.dataVersion}, k.r, ${about.tookMs}::int, ${about.computedAt.toISOString()}::timestamptz
    from jsonb_to_recordset(${json}::jsonb) as k (o text, r jsonb)
    where ${about.version}::text is not null
    order by k.o
    on conflict (site_id, from_day, to_day, options) do update set since_day = excluded.since_day,
      version = excluded.version, matched = excluded.matched, data_version = excluded.data_version,
      result = excluded.result, took_ms = excluded.took_ms, computed_at = excluded.computed_at, requested_at = null`;
}

/** A job is told once in so many minutes, however often somebody asks meanwhile. */
const ASK_AGAIN_MINUTES = 5;

/** Notes that results are wanted; whether a job has still to be told. */
export async function requestResults(
  db: Database,
  { siteId, from, to }: ResultKey,
  { options, now }: { options: readonly string[]; now: Date },
): Promise<boolean> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await db.execute(sql`
    insert into site.attribution_results as r (site_id, options, from_day, to_day, requested_at)
    select ${siteId}::int, o, ${from}::date, ${to}::date, ${at}
    from jsonb_array_elements_text(${JSON.stringify(options.toSorted())}::jsonb) as o
    on conflict (site_id, from_day, to_day, options) do update set requested_at = excluded.requested_at
      where r.requested_at is null or r.requested_at < ${at} - make_interval(mins => ${ASK_AGAIN_MINUTES})
    returning 1`);
  return rows.length > 0;
}

/** About how many contacts there are: every visit opens one, and clicks and impressions elsewhere do. */
export function estimatedContacts({ siteId, from, to }: ResultKey): SQL {
  return sql`
    select coalesce(sum(r.sessions[1] + r.clicks[1] + r.impressions[1]), 0)::float8 as contacts
    from site.rollup_periods r
    where r.site_id = ${siteId} and r.scope = 'site' and r.scope_key = '' and r.dimension = 'all' and r.span = 'day'
      and r.currency = '' and r.starts_on between ${from}::date and ${to}::date`;
}

/** Forgets what nobody needs: results of long ago are worked out anew when they are asked for. */
export async function expireResults(db: Database, before: Date): Promise<void> {
  const at = before.toISOString();
  await db.execute(sql`
    delete from site.attribution_results
    where coalesce(computed_at, requested_at) < ${at}::timestamptz`);
}
