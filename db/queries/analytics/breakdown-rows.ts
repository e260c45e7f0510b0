import { sql, type SQL } from "drizzle-orm";

import { OTHER_VALUE, type KeptDimension, type Scope } from "#core/rollup/dimensions.ts";
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
  dimension: KeptDimension;
  /** Money is of this currency; what is in another one is counted. */
  currency: string;
  /** By day and other currency: what is converted into it. Absent: nothing is. */
  factors?: readonly DayFactor[];
  sort: "visitors" | "revenue";
  limit: number;
  /** The last row of the page before. */
  after: BreakdownKey | null;
  /** These values alone, of which there may be none. */
  only?: readonly string[];
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
  /** The row's place on the page, from 1. */
  rank: number;
  /** Span and visitors of each period, and how many bytes its sketch has. */
  periods: [PeriodVisitors["span"], number, number][] | null;
  /** The periods' sketches, one behind the other, in base64. */
  sketches: string | null;
};

/**
 * A page of the values of one dimension in one scope over a range, the largest first and what was not kept apart last.
 * Visitors of different days cannot be added, and uniting them for every value would read every sketch: rows are ordered
 * by the sum of their periods' visitors, and only of the page's values all is summed and the sketches are read, each as a
 * slice. The rows come as they come, with their rank: sorted, their megabytes of sketches would go to disk and back.
 */
export function breakdownRows(question: BreakdownQuestion): SQL {
  const { siteId, from, to, limit, factors = [] } = question;
  return sql`
    with ${coverOf(siteId, from, to)}, ${packed(question)}, ${factors.length === 0 ? sql.empty() : sql`${foreignPaid(factors, question)},`}
    best as materialized (${firstBy(question, "own")}),
    short as materialized (
      select count(*) filter (where amount > 0 and entry <> ${OTHER_VALUE}) < ${limit} as is_short from best),
    page as materialized (
      select entry, amount, row_number() over (order by entry = ${OTHER_VALUE}, amount desc, entry collate "C")::int as rank
      from (
        select * from best where not (select is_short from short)
        union all
        select * from (${firstBy(question, "all")}) as value where (select is_short from short)
      ) as value
    ),
    found as materialized (
      select v.entry, p.span, p.starts_on, p.impressions[v.n] as impressions, p.clicks[v.n] as clicks,
        p.pageviews[v.n] as pageviews, p.sessions[v.n] as sessions, p.visitors[v.n] as visitors,
        coalesce(p.sketch_ends[v.n - 1], 0) as begins, p.sketch_ends[v.n] as ends, p.sketches
      from packed p
      cross join lateral unnest(p.entries) with ordinality as v (entry, n)
      where p.currency = '' and ${ON_PAGE}
    ),
    ${summed(question)},
    ${SKETCHED}
    select entry, impressions, clicks, pageviews, sessions, conversions, revenue_minor, refund_minor, amount, rank,
      periods, sketches
    from page join summed using (entry) left join sketched using (entry)`;
}

/**
 * The page by what the values are ordered by. `own`: only of rows that have any of it, which is all that is needed where
 * the page is full of such; `all`: with those that have none.
 */
function firstBy(question: BreakdownQuestion, rows: "own" | "all"): SQL {
  const { sort, currency, limit, after, only, factors = [] } = question;
  const isVisitors = sort === "visitors";
  const net = sql`p.revenue_minor[v.n] - p.refund_minor[v.n]`;
  const amount = isVisitors
    ? sql`p.visitors[v.n]`
    : sql`case when p.currency = ${currency} then ${net} else 0 end`;
  const foreign = sql`union all select entry, ${isVisitors ? sql`0` : sql`net_minor`} from foreign_paid`;
  const beyond = after
    ? sql`(entry = ${OTHER_VALUE}, -amount, entry collate "C") > (${after.isOther}::boolean, ${-after.amount}::float8, ${after.entry})`
    : sql`true`;
  return sql`
      select * from (
        select entry, coalesce(sum(part), 0)::float8 as amount
        from (
          select v.entry, ${amount} as part
          from packed p cross join lateral unnest(p.entries) with ordinality as v (entry, n)
          where ${rows === "all" ? sql`true` : sql`p.currency = ${isVisitors ? "" : currency}`}
          ${factors.length > 0 && (rows === "all" || !isVisitors) ? foreign : sql.empty()}
        ) as parts
        group by entry
      ) as value
      where ${beyond} and ${isAmong(only)}
      order by entry = ${OTHER_VALUE}, amount desc, entry collate "C"
      limit ${limit}`;
}

function isAmong(only: readonly string[] | undefined): SQL {
  if (only === undefined) return sql`true`;
  return sql`entry in (select jsonb_array_elements_text(${JSON.stringify(only)}::jsonb))`;
}

/** Not a join, which would hash the values of each period and not the page's few. */
const ON_PAGE = sql`(v.entry in (select entry from page)) is true`;

/**
 * CTE `summed`: the counts and the money of the page's values; other currencies' money in exact numbers, where there are
 * some that have a rate. A count needs none.
 */
function summed({ currency, factors = [] }: BreakdownQuestion): SQL {
  const foreign = sql`
      union all
      select entry, 0, 0, 0, 0, 0, net_minor, refund_minor from foreign_paid join page using (entry)`;
  const isTold = sql`(p.currency = ${currency})::int`;
  return sql`
    summed as (
      select entry, ${sums("impressions", "clicks", "pageviews", "sessions", "conversions", "revenue_minor", "refund_minor")}
      from (
        select entry, impressions, clicks, pageviews, sessions, 0 as conversions, 0 as revenue_minor, 0 as refund_minor
        from found
        union all
        select v.entry, 0, 0, 0, 0, p.conversions[v.n], (p.revenue_minor[v.n] - p.refund_minor[v.n]) * ${isTold},
          p.refund_minor[v.n] * ${isTold}
        from packed p
        cross join lateral unnest(p.entries) with ordinality as v (entry, n)
        where p.currency <> '' and ${ON_PAGE}
        ${factors.length === 0 ? sql.empty() : foreign}
      ) as part
      group by entry
    )`;
}

function sums(...columns: string[]): SQL {
  return sql.join(
    columns.map((column) => sql.raw(`coalesce(sum(${column}), 0)::float8 as ${column}`)),
    sql`, `,
  );
}

/** The rows of `breakdownRows` in their order, named as core names them. */
export function readBreakdownRows(rows: readonly RawBreakdownRow[]): BreakdownRow[] {
  return rows
    .toSorted((a, b) => a.rank - b.rank)
    .map((row) => ({
      entry: row.entry,
      impressions: row.impressions,
      clicks: row.clicks,
      pageviews: row.pageviews,
      sessions: row.sessions,
      conversions: row.conversions,
      revenueMinor: row.revenue_minor,
      refundMinor: row.refund_minor,
      amount: row.amount,
      periods: readPeriods(row.periods ?? [], bytesOfBase64(row.sketches ?? "")),
    }));
}

function readPeriods(
  periods: NonNullable<RawBreakdownRow["periods"]>,
  sketches: Uint8Array,
): PeriodVisitors[] {
  let end = 0;
  return periods.map(([span, visitors, bytes]) => {
    end += bytes;
    return { span, visitors, sketch: sketches.subarray(end - bytes, end) };
  });
}

/** CTE `packed`: the cover's rows of one scope and dimension. */
function packed({ siteId, scope, scopeKey, dimension }: BreakdownQuestion): SQL {
  return sql`
    packed as materialized (
      select r.span, r.starts_on, r.currency, ${plain("entries", "text")}, ${plain("impressions")}, ${plain("clicks")},
        ${plain("pageviews")}, ${plain("sessions")}, ${plain("visitors")}, ${plain("conversions")},
        ${plain("revenue_minor", "bigint")}, ${plain("refund_minor", "bigint")}, ${plain("sketch_ends")}, r.sketches
      from cover c
      join site.rollup_periods r on r.site_id = ${siteId} and r.scope = ${scope} and r.scope_key = ${scopeKey}
        and r.dimension = ${dimension} and r.span = c.span and r.starts_on = c.starts_on
    )`;
}

/** An array as it is in memory: an element of one that lies compressed would unpack all of it each time. */
function plain(column: string, type = "int"): SQL {
  return sql.raw(`r.${column} || '{}'::${type}[] as ${column}`);
}

/**
 * CTE `sketched`: the sketches of the page's values, all periods of a value as one text. Until a slice is taken here, a
 * row carries no more of them than where they are.
 */
const SKETCHED = sql`
    sketched as (
      select entry, json_agg(json_build_array(span, visitors, ends - begins)) as periods,
        encode(string_agg(substring(sketches from begins + 1 for ends - begins), ''), 'base64') as sketches
      from found
      where visitors > 0
      group by 1
    )`;
