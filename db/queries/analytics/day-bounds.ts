import { sql, type SQL } from "drizzle-orm";

/**
 * CTE `bounds (lo, hi, time_zone)`: the closed days of a range as the instants [lo, hi) of the site's zone. A day begins
 * at its first midnight: where clocks go back over midnight (Azores, Havana) it has two, and Postgres takes the later.
 */
export function dayBounds(siteId: number, from: string, to: string): SQL {
  return sql`
    bounds as (
      select
        lo - case when (lo - interval '1 hour') at time zone time_zone >= ${from}::date then interval '1 hour'
          else interval '0' end as lo,
        hi - case when (hi - interval '1 hour') at time zone time_zone >= ${to}::date + 1 then interval '1 hour'
          else interval '0' end as hi,
        time_zone
      from (
        select (${from}::date)::timestamp at time zone time_zone as lo,
          (${to}::date + 1)::timestamp at time zone time_zone as hi, time_zone
        from site.sites where id = ${siteId}
      ) as midnight
    )`;
}
