import { sql, type SQL } from "drizzle-orm";

import { monthStart } from "#core/time/calendar.ts";
import type { Database } from "#db/database.ts";

/** What an answer about a site is asked for: a closed range of the site's days. */
export type AnswerRange = { siteId: number; from: string; to: string; nowIso: string };

/** The version of all that an answer can be made of (decisions 22). Equal versions, equal answers but for their `asOf`. */
export type AnswerVersion = {
  /** Of what people set: matchers, spend and deals, rates, campaigns, zone, currency, margin; and the site's day. */
  settings: string;
  /** Of what came in and what was counted since: the days' facts, and hours and days that wait to be rolled up. */
  facts: string;
  /** Whether the range has come to its last day's end. */
  isOver: boolean;
  /** Since when hours or days wait to be rolled up, of the whole site; null when all is told. */
  staleSince: string | null;
};

/**
 * The version that an answer has now; null for a site that is not there, and while its sources wait to be matched again:
 * an answer of that moment is not worth keeping.
 */
export async function loadAnswerVersion(db: Database, range: AnswerRange): Promise<AnswerVersion | null> {
  const { rows } = await db.execute<AnswerVersion & { isMatched: boolean }>(answerVersion(range));
  const [row] = rows;
  if (row === undefined || !row.isMatched) return null;
  const { settings, facts, isOver, staleSince } = row;
  return { settings, facts, isOver, staleSince };
}

/**
 * The statement of `loadAnswerVersion`, by itself for the test of its plan. Days count from the first one on, because
 * lookbacks, refunds of old orders and customers who return reach back from any range: a row a day, and old days hardly
 * ever change. A day's version only ever grows, so that any change moves the sum; a mark that was made anew has a new
 * version. Marks count where rollups of the range are read, which deals do from the first of its month on.
 */
export function answerVersion({ siteId, from, to, nowIso }: AnswerRange): SQL {
  const now = sql`${nowIso}::timestamptz`;
  const counted = sql`${monthStart(from)}::date`;
  return sql`
    select
      md5(concat_ws('/', 'm' || t.matcher_version, 's' || t.spend_version, t.time_zone, t.currency, t.margin_percent,
        s.today,
        (select sum(r.version) from site.rate_versions r where r.account_id in (0, t.account_id)),
        (select md5(string_agg(c::text, ',' order by c.id)) from site.campaigns c where c.site_id = t.id)
      )) as settings,
      concat_ws('/',
        (select coalesce(sum(v.version), 0) from site.data_versions v where v.site_id = t.id and v.day <= ${to}::date),
        (select count(*) || ':' || coalesce(sum(h.version), 0) from site.stale_hours h
         where h.site_id = t.id and h.bucket >= ${counted} - 1 and h.bucket < ${to}::date + 2),
        (select count(*) || ':' || coalesce(sum(p.version), 0) from site.stale_periods p
         where p.site_id = t.id and p.starts_on >= ${counted} - 31 and p.starts_on <= ${to}::date)
      ) as facts,
      ${to}::date < s.today as "isOver",
      not exists (
        select from site.sources o where o.site_id = t.id and o.matcher_version < t.matcher_version) as "isMatched",
      to_char(least(
        (select min(least(h.marked_at, ${now})) from site.stale_hours h where h.site_id = t.id),
        (select min(least(p.marked_at, ${now})) from site.stale_periods p where p.site_id = t.id and p.span = 'day')
      ) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "staleSince"
    from site.sites t
    cross join lateral (select (${now} at time zone t.time_zone)::date as today) as s
    where t.id = ${siteId}`;
}
