import { sql, type SQL } from "drizzle-orm";

import type { KeptDimension, Scope } from "#core/rollup/dimensions.ts";
import type { Database } from "#db/database.ts";
import { markVersion } from "#db/queries/ingest/mark-stale.ts";
import { base64OfBytes, bytesOfBase64 } from "./base64.ts";
import { boundedMinor, lockSite } from "./roll-up-hours.ts";
import { clearMark, deletePeriod } from "./roll-up-day.ts";
import type { StalePeriod } from "./stale-periods.ts";

/** A week or month that a roller has taken on. */
export type LongPeriod = StalePeriod & { span: "week" | "month" };

/** One scope and dimension of a period; `bytes` is about what its days hold. */
export type PeriodGroup = { scope: Scope; scopeKey: string; dimension: KeptDimension; bytes: number };

/** One day's row of a group: its values side by side, each with its sketch. */
export type DayRow = {
  scope: Scope;
  scopeKey: string;
  dimension: KeptDimension;
  entries: string[];
  impressions: number[];
  clicks: number[];
  pageviews: number[];
  sessions: number[];
  sketchEnds: number[];
  sketches: Uint8Array;
};

/** What a group's days add up to, the value with the most visitors first */
export type MergedRow = DayRow & { visitors: number[] };

/**
 * Takes a period on: its mark gets a new version, which is answered, and its old rows go. Nothing reads them while the
 * mark stands. Null when another roller or a late day was there first; what that roller writes afterwards is kept out by
 * the version.
 */
export async function claimPeriod(db: Database, period: LongPeriod): Promise<LongPeriod | null> {
  const { siteId, span, startsOn, version } = period;
  const [, , claimed] = await db.batch([
    db.execute(lockSite(siteId)),
    db.execute(deletePeriod(period)),
    db.execute<{ version: string }>(sql`
      update site.stale_periods set version = ${markVersion()}, marked_at = now()
      where site_id = ${siteId} and span = ${span} and starts_on = ${startsOn}::date and version = ${version}
      returning version`),
  ]);
  const [row] = claimed.rows;
  return row ? { ...period, version: Number(row.version) } : null;
}

/** The scopes and dimensions of a period's days, and how much they hold. */
export async function listPeriodGroups(db: Database, period: LongPeriod): Promise<PeriodGroup[]> {
  const { rows } = await db.execute<Omit<PeriodGroup, "scopeKey"> & { scope_key: string }>(sql`
    select scope, scope_key, dimension, sum(length(sketches) + 32 * cardinality(entries))::int as bytes
    from site.rollup_periods
    where ${daysOf(period)} and currency = ''
    group by 1, 2, 3
    order by 1, 2, 3`);
  return rows.map(({ scope_key: scopeKey, ...rest }) => ({ ...rest, scopeKey }));
}

/** The days of some groups, as they are kept. */
export async function loadDayRows(
  db: Database,
  period: LongPeriod,
  groups: readonly PeriodGroup[],
): Promise<DayRow[]> {
  const json = JSON.stringify(
    groups.map(({ scope, scopeKey, dimension }) => ({ s: scope, k: scopeKey, d: dimension })),
  );
  const { rows } = await db.execute<RawDayRow>(sql`
    select r.scope, r.scope_key, r.dimension, to_json(entries) as entries, to_json(impressions) as impressions,
      to_json(clicks) as clicks, to_json(pageviews) as pageviews, to_json(sessions) as sessions,
      to_json(sketch_ends) as sketch_ends, encode(sketches, 'base64') as sketches
    from jsonb_to_recordset(${json}::jsonb) as g (s text, k text, d text)
    join site.rollup_periods r on r.scope = g.s and r.scope_key = g.k and r.dimension = g.d
    where ${daysOf(period)} and r.currency = ''
    order by r.scope, r.scope_key, r.dimension, r.starts_on`);
  return rows.map(({ scope_key: scopeKey, sketch_ends: sketchEnds, sketches, ...rest }) => ({
    ...rest,
    scopeKey,
    sketchEnds,
    sketches: bytesOfBase64(sketches),
  }));
}

type RawDayRow = Omit<DayRow, "scopeKey" | "sketchEnds" | "sketches"> & {
  scope_key: string;
  sketch_ends: number[];
  sketches: string;
};

/** Writes groups of a period that this roller has taken on; nothing once another one has. */
export async function insertMergedRows(
  db: Database,
  period: LongPeriod,
  rows: readonly MergedRow[],
): Promise<void> {
  const { siteId, span, startsOn } = period;
  const json = JSON.stringify(rows.map((row) => ({ ...row, sketches: base64OfBytes(row.sketches) })));
  await db.batch([
    db.execute(lockSite(siteId)),
    db.execute(sql`
      insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms,
        entries, impressions, clicks, pageviews, sessions, visitors, conversions, revenue_minor, refund_minor,
        sketch_ends, sketches)
      select ${siteId}::int, scope, "scopeKey", dimension, ${span}, ${startsOn}::date, '', now(), 0, entries, impressions,
        clicks, pageviews, sessions, visitors, null, null, null, "sketchEnds", decode(sketches, 'base64')
      from jsonb_to_recordset(${json}::jsonb) as m (scope text, "scopeKey" text, dimension text,
        entries text[], impressions int[], clicks int[], pageviews int[], sessions int[], visitors int[],
        "sketchEnds" int[], sketches text)
      where ${isClaimed(period)}
      on conflict do nothing`),
  ]);
}

/** Adds the period's money, which the database sums by itself, and takes the mark away: from now on it is read. */
export async function publishPeriod(db: Database, period: LongPeriod): Promise<void> {
  const { siteId, span, startsOn } = period;
  await db.batch([
    db.execute(lockSite(siteId)),
    db.execute(sql`
      insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms,
        entries, impressions, clicks, pageviews, sessions, visitors, conversions, revenue_minor, refund_minor,
        sketch_ends, sketches)
      select ${siteId}::int, scope, scope_key, dimension, ${span}, ${startsOn}::date, currency, now(), 0,
        array_agg(entry order by entry), null, null, null, null, null, array_agg(conversions order by entry),
        array_agg(${boundedMinor(sql`revenue`)} order by entry), array_agg(${boundedMinor(sql`refund`)} order by entry),
        null, null
      from (
        select r.scope, r.scope_key, r.dimension, r.currency, v.entry, sum(v.conversions)::int as conversions,
          sum(v.revenue) as revenue, sum(v.refund) as refund
        from site.rollup_periods r
        cross join lateral unnest(r.entries, r.conversions, r.revenue_minor, r.refund_minor)
          as v (entry, conversions, revenue, refund)
        where ${daysOf(period)} and r.currency <> '' and ${isClaimed(period)}
        group by 1, 2, 3, 4, 5
      ) as summed
      group by 1, 2, 3, 4, 7
      on conflict do nothing`),
    db.execute(clearMark(period)),
  ]);
}

/** The days' rows of a week or month. */
function daysOf({ siteId, span, startsOn }: LongPeriod): SQL {
  const length = sql.raw(span === "week" ? "interval '7 days'" : "interval '1 month'");
  return sql`site_id = ${siteId} and span = 'day' and starts_on >= ${startsOn}::date
    and starts_on < ${startsOn}::date + ${length}`;
}

function isClaimed({ siteId, span, startsOn, version }: LongPeriod): SQL {
  return sql`exists (
    select from site.stale_periods p
    where p.site_id = ${siteId} and p.span = ${span} and p.starts_on = ${startsOn}::date and p.version = ${version})`;
}
