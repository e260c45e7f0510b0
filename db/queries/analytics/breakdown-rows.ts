import { sql, type SQL } from "drizzle-orm";

import { OTHER_VALUE, type Dimension, type Scope } from "#core/rollup/dimensions.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import type { PeriodVisitors } from "#core/rollup/unite-visitors.ts";
import { bytesOfBase64 } from "#db/queries/rollups/base64.ts";
import { coverOf } from "./cover.ts";
import { foreignPaid } from "./foreign-money.ts";

export type BreakdownKey = { isOther: boolean; amount: number; entry: string };

export type BreakdownQuestion = {
  siteId: number;
  from: string;
  to: string;
  scope: Scope;
  /** Campaign id or channel code; '' for the site. */
  scopeKey: string;
  dimension: Dimension | "all";
  /** Money is of this currency. */
  currency: string;
  /** By day and other currency: what is converted into it. Absent: nothing is. */
  factors?: readonly DayFactor[];
  sort: "visitors" | "revenue";
  limit: number;
  /** The last row of the page before. */
  after: BreakdownKey | null;
};

/** Sums of one value over a range; its visitors are those of each period, still to be united. */
export type BreakdownRow = {
  entry: string;
  impressions: number;
  clicks: number;
  pageviews: number;
  sessions: number;
  conversions: number;
  /** Less refunds. */
  revenueMinor: number;
  refundMinor: number;
  /** What the row was ordered by: visitors added up over the periods, or revenue. */
  amount: number;
  periods: PeriodVisitors[];
};

export type RawBreakdownRow = {
  entry: string;
  impressions: number;
  clicks: number;
  pageviews: number;
  sessions: number;
  conversions: number;
  revenue_minor: number;
  refund_minor: number;
  amount: number;
  periods: [PeriodVisitors["span"], number, string][] | null;
};

/**
 * A page of the values of one dimension in one scope over a range, the largest first and what was not kept apart last.
 * Visitors of different days cannot be added, and uniting them for every value would read every sketch: rows are ordered
 * by the sum of their periods' visitors, and only the page's sketches are read, each as a slice.
 */
export function breakdownRows(question: BreakdownQuestion): SQL {
  const { siteId, from, to, sort, limit, after, factors = [] } = question;
  const amount = sort === "visitors" ? sql`coalesce(c.visitors, 0)` : sql`coalesce(m.revenue_minor, 0)`;
  const beyond = after
    ? sql`(entry = ${OTHER_VALUE}, -amount, entry collate "C") > (${after.isOther}::boolean, ${-after.amount}::float8, ${after.entry})`
    : sql`true`;
  return sql`
    with ${coverOf(siteId, from, to)}, ${packed(question)}, ${factors.length === 0 ? sql.empty() : sql`${foreignPaid(factors)},`}
    counted as (
      select v.entry, sum(v.impressions)::float8 as impressions, sum(v.clicks)::float8 as clicks,
        sum(v.pageviews)::float8 as pageviews, sum(v.sessions)::float8 as sessions, sum(v.visitors)::float8 as visitors
      from packed p
      cross join lateral unnest(p.entries, p.impressions, p.clicks, p.pageviews, p.sessions, p.visitors)
        as v (entry, impressions, clicks, pageviews, sessions, visitors)
      where p.currency = ''
      group by 1
    ),
    paid as (
      select entry, sum(conversions)::float8 as conversions, sum(net_minor)::float8 as revenue_minor,
        sum(refund_minor)::float8 as refund_minor
      from (
        select v.entry, v.conversions, v.revenue_minor - v.refund_minor as net_minor, v.refund_minor
        from packed p
        cross join lateral unnest(p.entries, p.conversions, p.revenue_minor, p.refund_minor)
          as v (entry, conversions, revenue_minor, refund_minor)
        where p.currency = ${question.currency}
        ${factors.length === 0 ? sql.empty() : FOREIGN}
      ) as money
      group by 1
    ),
    page as materialized (
      select * from (
        select entry, c.impressions, c.clicks, c.pageviews, c.sessions, m.conversions, m.revenue_minor, m.refund_minor,
          ${amount} as amount
        from counted c full join paid m using (entry)
      ) as value
      where ${beyond}
      order by entry = ${OTHER_VALUE}, amount desc, entry collate "C"
      limit ${limit}
    ),
    ${sketchesOf(sql`page`)}
    select entry, coalesce(impressions, 0) as impressions, coalesce(clicks, 0) as clicks,
      coalesce(pageviews, 0) as pageviews, coalesce(sessions, 0) as sessions, coalesce(conversions, 0) as conversions,
      coalesce(revenue_minor, 0) as revenue_minor, coalesce(refund_minor, 0) as refund_minor, amount, periods
    from page left join sketched using (entry)
    order by entry = ${OTHER_VALUE}, amount desc, entry collate "C"`;
}

/** Money of other currencies, in exact numbers: slow to sum, so it is asked for only where there is some. */
const FOREIGN = sql`union all select entry, conversions, net_minor, refund_minor from foreign_paid`;

/** The rows of `breakdownRows`, named as core names them. */
export function readBreakdownRows(rows: readonly RawBreakdownRow[]): BreakdownRow[] {
  return rows.map(({ revenue_minor: revenueMinor, refund_minor: refundMinor, periods, ...rest }) => ({
    ...rest,
    revenueMinor,
    refundMinor,
    periods: (periods ?? []).map(([span, visitors, sketch]) => ({
      span,
      visitors,
      sketch: bytesOfBase64(sketch),
    })),
  }));
}

/** CTE `packed`: the cover's rows of one scope and dimension. */
function packed({ siteId, scope, scopeKey, dimension }: BreakdownQuestion): SQL {
  return sql`
    packed as materialized (
      select r.span, r.starts_on, r.currency, r.entries, r.impressions, r.clicks, r.pageviews, r.sessions, r.visitors,
        r.conversions, r.revenue_minor, r.refund_minor, r.sketch_ends
      from cover c
      join site.rollup_periods r on r.site_id = ${siteId} and r.scope = ${scope} and r.scope_key = ${scopeKey}
        and r.dimension = ${dimension} and r.span = c.span and r.starts_on = c.starts_on
    ),
    place as materialized (select ${siteId}::int as site_id, ${scope}::text as scope, ${scopeKey}::text as scope_key, ${dimension}::text as dimension)`;
}

/** CTE `sketched`: the sketches of a few values, period by period. */
function sketchesOf(page: SQL): SQL {
  return sql`
    found as materialized (
      select p.span, p.starts_on, v.entry, v.visitors, coalesce(p.sketch_ends[v.n - 1], 0) as begins, v.ends
      from packed p
      cross join lateral unnest(p.entries, p.visitors, p.sketch_ends) with ordinality as v (entry, visitors, ends, n)
      join ${page} on page.entry = v.entry
      where p.currency = '' and v.visitors > 0
    ),
    sketched as (
      select f.entry, json_agg(json_build_array(f.span, f.visitors,
        encode(substring(r.sketches from f.begins + 1 for f.ends - f.begins), 'base64'))) as periods
      from found f
      cross join place l
      join site.rollup_periods r on r.site_id = l.site_id and r.scope = l.scope and r.scope_key = l.scope_key
        and r.dimension = l.dimension and r.span = f.span and r.starts_on = f.starts_on and r.currency = ''
      group by 1
    )`;
}
