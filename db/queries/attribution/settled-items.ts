import { sql, type SQL } from "drizzle-orm";

import type { DayFactor } from "#core/money/day-factors.ts";

/** 2^53 − 1. */
const MOST_MINOR = sql.raw(String(Number.MAX_SAFE_INTEGER));

/**
 * CTEs after `bounds` and `paid (item_id, item_at, currency, before_minor, after_minor)`, which holds all conversions and
 * refunds of whole days: `settled (item_id, before_minor, after_minor)`, those in other currencies that have a rate on
 * their day, in the site's currency. The total of each day and currency is converted and rounded once, half away from
 * zero, then split over its items by largest remainder, ties to the earlier (decisions 25, as
 * `core/money/convert-minor-units`): whatever the items are grouped by, and whichever of them are asked for, their parts
 * add up to what every other screen says of the day.
 *
 * A refund's `before_minor` only says how its amount is split over the touches; neither side of it is ever below zero. A
 * day whose amounts would not be exact any more (decisions 25) keeps its currency.
 */
export function settledItems(factors: readonly DayFactor[]): SQL {
  return sql`
    factor as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(factors)}::jsonb) as f (day date, currency text, up numeric, down numeric)
    ),
    exact as (
      select p.item_id, p.item_at, f.day, f.currency, f.down, p.before_minor * f.up as before_value,
        (p.after_minor - p.before_minor) * f.up as net_value
      from paid p
      cross join bounds b
      join factor f on f.currency = p.currency and f.day = (p.item_at at time zone b.time_zone)::date
    ),
    floored as (
      select *, div(net_value, down) - (net_value < 0 and mod(net_value, down) <> 0)::int as whole from exact
    ),
    split as (
      select *, whole + (
          row_number() over (total order by net_value - whole * down desc, item_at, item_id)
            <= ${rounded(sql`sum(net_value) over (total)`)} - sum(whole) over (total)
        )::int as net_minor,
        greatest(max(greatest(abs(net_value), before_value)) over (total), abs(sum(net_value) over (total)))
          <= ${MOST_MINOR} * down as is_exact
      from floored
      window total as (partition by day, currency)
    ),
    settled as materialized (
      select item_id, before_minor::bigint as before_minor, (before_minor + net_minor)::bigint as after_minor
      from (
        select item_id, net_minor,
          case when before_value = 0 then 0 else greatest(${rounded(sql`before_value`)}, -net_minor) end as before_minor
        from split
        where is_exact
      ) as s
    )`;
}

/** A value over `down` in whole units, half away from zero: exact, as both are whole numbers. */
function rounded(value: SQL): SQL {
  return sql`(sign(${value}) * div(2 * abs(${value}) + down, 2 * down))`;
}
