import { sql, type SQL } from "drizzle-orm";

/**
 * CTE `cover (span, starts_on)`: a closed range of days as the fewest rolled-up periods: whole months, then whole weeks
 * between them, then single days. A week or month that is marked, or was never put together, is covered by its days.
 */
export function coverOf(siteId: number, from: string, to: string): SQL {
  return sql`
    ready as materialized (
      select r.span, r.starts_on,
        (r.starts_on + case r.span when 'month' then interval '1 month' else interval '7 days' end)::date as next_on
      from site.rollup_periods r
      where r.site_id = ${siteId} and r.scope = 'site' and r.scope_key = '' and r.dimension = 'all'
        and r.span in ('week', 'month') and r.starts_on between ${from}::date and ${to}::date and r.currency = ''
        and not exists (
          select from site.stale_periods p
          where p.site_id = ${siteId} and p.span = r.span and p.starts_on = r.starts_on)
    ),
    month as (select * from ready where span = 'month' and next_on <= ${to}::date + 1),
    picked as materialized (
      select * from month
      union all
      select * from ready w
      where w.span = 'week' and w.next_on <= ${to}::date + 1
        and not exists (select from month m where m.starts_on < w.next_on and w.starts_on < m.next_on)
    ),
    cover as materialized (
      select span, starts_on from picked
      union all
      select 'day', d.day::date
      from generate_series(${from}::date, ${to}::date, interval '1 day') as d (day)
      where not exists (select from picked p where d.day >= p.starts_on and d.day < p.next_on)
    )`;
}
