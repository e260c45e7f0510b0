import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { dayBounds } from "#db/queries/analytics/day-bounds.ts";
import { creditLines, type CreditLinesQuestion } from "./credit-lines.ts";

/** A row of the workbench; keys as `journeys` makes them: campaigns by their int. `other`: all groups but the named ones. */
export type GroupOfCredit =
  | { kind: "group"; key: string }
  | { kind: "other"; named: readonly string[] }
  | { kind: "none" }
  | { kind: "unattributed" };

export type CreditedItemsQuestion = CreditLinesQuestion & {
  group: GroupOfCredit;
  order: "time" | "value";
  /** Of the last item of the page before: when it was, or what it got; and its id. Null for the first page. */
  after: { amount: number; itemId: string } | null;
  limit: number;
};

/** A conversion or a refund, and what the group got of it. */
export type CreditedItemRow = {
  itemId: string;
  atMs: number;
  isRefund: boolean;
  conversionId: string | null;
  /** What was left of its conversion before it and after it; a conversion itself has nothing before. */
  beforeMinor: number;
  afterMinor: number;
  /** Where there is no rate the amounts above are 0: what it was, less refunds, in its own currency. */
  withoutRate: { currency: string; minor: number } | null;
  conversions: number;
  minor: number;
};

export type CreditedTotal = { items: number; conversions: number; minor: number };

/**
 * The conversions and refunds of a range that gave credit to a group, newest first or by the credited amount. It reads all
 * journeys of the range: whoever asks keeps the range small (`pageDays`) or the number of its items bounded.
 */
export function creditedItems(question: CreditedItemsQuestion): SQL {
  const { order, limit } = question;
  const [place, id] = order === "time" ? [sql`item_at`, sql`item_id`] : [sql`abs(minor)`, sql`item_id`];
  return sql`
    with ${creditLines(question)},
    ${creditedOf(question.group)}
    select item_id as "itemId", (extract(epoch from item_at) * 1000)::float8 as "atMs", n = 0 as "isRefund",
      conversion_id as "conversionId", before_minor::float8 as "beforeMinor", after_minor::float8 as "afterMinor", conversions, minor,
      case when is_foreign then json_build_object('currency', paid_in, 'minor', paid_after - paid_before) end as "withoutRate"
    from credited
    ${isAfter(question)}
    order by ${place} desc, ${id} desc
    limit ${limit}`;
}

/** What all of them add up to: the figure of the workbench. */
export function creditedTotal(question: CreditLinesQuestion & { group: GroupOfCredit }): SQL {
  return sql`
    with ${creditLines(question)},
    ${creditedOf(question.group)}
    select count(*)::int as items, coalesce(sum(conversions), 0) as conversions, coalesce(sum(minor), 0) as minor
    from credited`;
}

/** CTE `credited`: what the row got of each item: of several groups together where the row is the rest. */
function creditedOf(group: GroupOfCredit): SQL {
  return sql`
    credited as (
      select l.item_id, i.item_at, i.n, i.conversion_id, i.before_minor, i.after_minor, i.is_foreign,
        i.paid_in, i.paid_before, i.paid_after, l.conversions, l.minor
      from (
        select item_id, sum(conversions) as conversions, sum(minor) as minor
        from line l where is_credited and ${isOf(group)} group by item_id
      ) as l
      join item i on i.item_id = l.item_id
    )`;
}

function isOf(group: GroupOfCredit): SQL {
  switch (group.kind) {
    case "group":
      return sql`l.key = ${group.key}`;
    case "other":
      return sql`l.key is not null and l.key not in (
        select jsonb_array_elements_text(${JSON.stringify(group.named)}::jsonb))`;
    case "none":
      return sql`l.key is null and not l.is_unattributed`;
    case "unattributed":
      return sql`l.is_unattributed`;
  }
}

function isAfter({ order, after }: CreditedItemsQuestion): SQL {
  if (after === null) return sql.empty();
  const { amount, itemId } = after;
  return order === "time"
    ? sql`where (item_at, item_id) < (to_timestamp(${amount / 1000}::float8), ${itemId}::uuid)`
    : sql`where (abs(minor), item_id) < (${amount}::float8, ${itemId}::uuid)`;
}

export type PageDaysQuestion = {
  siteId: number;
  from: string;
  to: string;
  /** Only what was before this instant; null: up to the end of `to`. */
  beforeMs: number | null;
  /** How many conversions, and how many refunds, the answered days hold at most, unless one day alone holds more. */
  window: number;
};

/** `from`, `to`: the days to look through now. `startMs`: where the first of them begins. */
export type PageDays = { from: string; to: string; startMs: number };

/** The latest days of a range before an instant that hold about so many conversions: found by an index, however long the range. */
export async function pageDays(db: Database, question: PageDaysQuestion): Promise<PageDays | null> {
  const { rows } = await db.execute<{ from: string; to: string; start_ms: number }>(
    pageDaysStatement(question),
  );
  const [row] = rows;
  return row ? { from: row.from, to: row.to, startMs: row.start_ms } : null;
}

/** The statement of `pageDays`, by itself for the tests of its plan. */
export function pageDaysStatement({ siteId, from, to, beforeMs, window }: PageDaysQuestion): SQL {
  const before = beforeMs === null ? sql`b.hi` : sql`least(b.hi, to_timestamp(${beforeMs / 1000}::float8))`;
  const beyond = (table: SQL) => sql`
    select at from ${table} f where f.site_id = ${siteId} and f.at >= e.lo and f.at < e.hi
    order by f.at desc offset ${window} limit 1`;
  return sql`
    with ${dayBounds(siteId, from, to)},
    ending as (select b.lo, ${before} as hi, b.time_zone from bounds b),
    chosen as (
      select e.time_zone, least((e.hi - interval '1 millisecond') at time zone e.time_zone, ${to}::date)::date as last_day,
        greatest((${beyond(sql`site.conversions`)}), (${beyond(sql`site.refunds`)})) at time zone e.time_zone as full_at
      from ending e where e.hi > e.lo
    )
    select c.first_day::text as "from", c.last_day::text as "to", extract(epoch from
      -- The first midnight of two, as dayBounds has it.
      c.midnight - case when (c.midnight - interval '1 hour') at time zone c.time_zone >= c.first_day then interval '1 hour'
        else interval '0' end)::float8 * 1000 as start_ms
    from (
      select *, first_day::timestamp at time zone time_zone as midnight
      from (
        select last_day, time_zone, case when full_at is null then ${from}::date else least(full_at::date + 1, last_day) end as first_day from chosen
      ) as d
    ) as c`;
}

/** How many conversions and refunds a range holds, counted up to `most` of each. */
export async function countItems(
  db: Database,
  { siteId, from, to, most }: { siteId: number; from: string; to: string; most: number },
): Promise<number> {
  const count = (table: SQL) => sql`
    select count(*) as n from (
      select 1 from bounds b join ${table} f on f.site_id = ${siteId} and f.at >= b.lo and f.at < b.hi limit ${most}
    ) as counted`;
  const { rows } = await db.execute<{ n: number }>(sql`
    with ${dayBounds(siteId, from, to)}
    select ((${count(sql`site.conversions`)}) + (${count(sql`site.refunds`)}))::int as n`);
  return rows[0]?.n ?? 0;
}
