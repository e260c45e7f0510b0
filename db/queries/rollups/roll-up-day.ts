import { sql, type SQL } from "drizzle-orm";

import { MOST_VALUES, OTHER_VALUE } from "#core/rollup/dimensions.ts";
import type { Database } from "#db/database.ts";
import { markVersion } from "#db/queries/ingest/mark-stale.ts";
import { dailyMembers } from "./daily-members.ts";
import { dailyMoney } from "./daily-money.ts";
import { dailySketches } from "./daily-sketches.ts";
import { boundedMinor, lockSite } from "./roll-up-hours.ts";
import type { StalePeriod } from "./stale-periods.ts";

/**
 * Counts one day of a site anew, by every dimension, and replaces its rows, in one transaction. The day's week and month
 * are marked in it, so that they are not read before they are put together again. The day's own mark goes only at the
 * version that was listed: hours that were rolled up meanwhile have raised it.
 */
export async function rollUpDay(db: Database, day: StalePeriod): Promise<void> {
  const { siteId, startsOn } = day;
  await db.batch([
    db.execute(lockSite(siteId)),
    db.execute(dayRollSettings()),
    db.execute(deleteDay(day)),
    db.execute(insertDay(siteId, startsOn)),
    db.execute(markLonger(siteId, startsOn)),
    db.execute(clearMark(day)),
    db.execute(clearLinksMark(day)),
  ]);
}

/**
 * For this transaction: sets of some 10,000 sessions are counted in memory. Postgres cannot know how many rows the
 * intermediate sets have, and a nested loop over two of them would take minutes where a hash takes none.
 */
export function dayRollSettings(): SQL {
  return sql`select set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`;
}

/** The rows of a day, unless its raw events may be gone: then they stay. */
function deleteDay({ siteId, startsOn }: StalePeriod): SQL {
  return sql`
    delete from site.rollup_periods r using site.sites t
    where r.site_id = ${siteId} and r.span = 'day' and r.starts_on = ${startsOn}::date and t.id = ${siteId}
      and (t.raw_day is null or t.raw_day <= ${startsOn}::date)`;
}

/** The rows of a day, week or month. */
export function deletePeriod({ siteId, span, startsOn }: Omit<StalePeriod, "version">): SQL {
  return sql`
    delete from site.rollup_periods where site_id = ${siteId} and span = ${span} and starts_on = ${startsOn}::date`;
}

/** Counts a day by every dimension and inserts its rows; what was there before must be gone. */
export function insertDay(siteId: number, day: string): SQL {
  return sql`
    ${dailyMembers(siteId, day)}, ${dailySketches()}, ${dailyMoney(siteId)},
    counted as (
      select l.*, coalesce(s.bytes, ''::bytea) as bytes,
        sum(coalesce(length(s.bytes), 0)) over (
          partition by l.scope, l.scope_key, l.dimension order by l.place) as ends
      from leaf l left join sketch s on s.leaf_id = l.leaf_id
    ),
    paid as (
      select m.scope, m.scope_key, m.dimension, m.currency,
        case when r.place > ${MOST_VALUES} then ${OTHER_VALUE} else m.entry end as entry,
        sum(m.conversions) as conversions, sum(m.revenue_minor) as revenue_minor, sum(m.refund_minor) as refund_minor
      from money m
      left join ranked r on r.scope = m.scope and r.scope_key = m.scope_key and r.dimension = m.dimension
        and r.entry = m.entry
      group by 1, 2, 3, 4, 5
    )
    insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms,
      entries, impressions, clicks, pageviews, sessions, visitors, conversions, revenue_minor, refund_minor, sketch_ends,
      sketches)
    select ${siteId}::int, scope, scope_key, dimension, 'day', ${day}::date, '', now(), ${tookMs()},
      array_agg(entry order by place), array_agg(impressions order by place), array_agg(clicks order by place),
      array_agg(pageviews order by place), array_agg(sessions order by place), array_agg(visitors order by place),
      null, null, null, array_agg(ends order by place), string_agg(bytes, ''::bytea order by place)
    from counted group by scope, scope_key, dimension
    union all
    select ${siteId}::int, scope, scope_key, dimension, 'day', ${day}::date, currency, now(), ${tookMs()},
      array_agg(entry order by entry), null, null, null, null, null, array_agg(conversions order by entry),
      array_agg(${boundedMinor(sql`revenue_minor`)} order by entry),
      array_agg(${boundedMinor(sql`refund_minor`)} order by entry), null, null
    from paid group by scope, scope_key, dimension, currency`;
}

function tookMs(): SQL {
  return sql`(extract(epoch from clock_timestamp() - statement_timestamp()) * 1000)::int`;
}

function markLonger(siteId: number, day: string): SQL {
  return sql`
    insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
    select ${siteId}::int, span, date_trunc(span, ${day}::date::timestamp)::date, ${markVersion()}, now()
    from (values ('month'), ('week')) as s (span)
    on conflict (site_id, span, starts_on) do update set version = excluded.version, marked_at = excluded.marked_at`;
}

/** Takes the mark away where it still has the version that was listed. */
export function clearMark({ siteId, span, startsOn, version }: StalePeriod): SQL {
  return sql`
    delete from site.stale_periods
    where site_id = ${siteId} and span = ${span} and starts_on = ${startsOn}::date and version = ${version}`;
}

/** The day's links are counted by now, whatever it was listed for. */
function clearLinksMark({ siteId, startsOn }: StalePeriod): SQL {
  return sql`
    delete from site.stale_periods where site_id = ${siteId} and span = 'links' and starts_on = ${startsOn}::date`;
}
