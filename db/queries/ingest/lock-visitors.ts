import { sql, type SQL } from "drizzle-orm";

/**
 * Upserts the batch's visitors in order and so locks them: what is derived of one visitor is derived by one
 * transaction at a time (decisions 8).
 */
export function lockVisitors(json: string): SQL {
  return sql`
    insert into site.visitors (site_id, visitor_id, first_seen_at, last_seen_at)
    select s, v, o, l
    from jsonb_to_recordset(${json}::jsonb) as b (s int, v uuid, o timestamptz, l timestamptz)
    order by s, v
    on conflict (site_id, visitor_id) do update set
      first_seen_at = least(visitors.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(visitors.last_seen_at, excluded.last_seen_at)`;
}

/**
 * Locks the batch's orders, in order: the copies of one order may come from a browser and from a server, and so under
 * two visitors.
 */
export function lockOrders(json: string): SQL {
  return sql`
    select count(pg_advisory_xact_lock(k))
    from (
      select distinct hashtextextended(oi, s) as k
      from jsonb_to_recordset(${json}::jsonb) as b (s int, oi text)
      order by k
    ) as orders`;
}
