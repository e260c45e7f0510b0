import { sql, type SQL } from "drizzle-orm";

import type { DayFactor } from "#core/money/day-factors.ts";
import type { KeptDimension, Scope } from "#core/rollup/dimensions.ts";

type Place = { siteId: number; scope: Scope; scopeKey: string; dimension: KeptDimension };

/**
 * CTE `foreign_paid (entry, net_minor, refund_minor)` of one scope and dimension: money of other currencies by day, each
 * day's total converted and rounded once, half away from zero, then split over the values by largest remainder, ties in
 * code-point order (decisions 25, as `core/money/convert-minor-units.ts`). Free where there are no factors.
 */
export function foreignPaid(
  factors: readonly DayFactor[],
  { siteId, scope, scopeKey, dimension }: Place,
): SQL {
  return sql`
    factor as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(factors)}::jsonb) as f (day date, currency text, up numeric, down numeric)
    ),
    foreign_value as materialized (
      select f.day, f.currency, v.entry,
        ((v.revenue_minor - v.refund_minor) * f.up)::numeric(60, 20) / f.down as net,
        (v.refund_minor * f.up)::numeric(60, 20) / f.down as refund
      from factor f
      join site.rollup_periods r on r.site_id = ${siteId} and r.scope = ${scope} and r.scope_key = ${scopeKey}
        and r.dimension = ${dimension} and r.span = 'day' and r.starts_on = f.day and r.currency = f.currency
      cross join lateral unnest(r.entries, r.revenue_minor, r.refund_minor) as v (entry, revenue_minor, refund_minor)
    ),
    foreign_paid as (
      select entry, ${wholeUnits("net")} as net_minor, ${wholeUnits("refund")} as refund_minor
      from foreign_value
    )`;
}

/** The value's whole units: rounded down, and one more while the day's rounded total leaves some. */
function wholeUnits(name: "net" | "refund"): SQL {
  const value = sql.raw(name);
  return sql`floor(${value}) + (
    row_number() over (partition by day, currency order by ${value} - floor(${value}) desc, entry collate "C")
      <= round(sum(${value}) over (partition by day, currency)) - sum(floor(${value})) over (partition by day, currency)
  )::int`;
}
