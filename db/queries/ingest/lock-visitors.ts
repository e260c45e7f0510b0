import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";

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

/**
 * A refund that names a conversion by its id and that conversion must not come at the same moment without seeing each
 * other. One lock a site does: batches with conversions share it, those with such a refund, which are few, have it alone.
 */
export function lockRefunded(batch: BatchParameters): SQL {
  return sql`
    select count(pg_advisory_xact_lock(k)) filter (where is_refund),
      count(pg_advisory_xact_lock_shared(k)) filter (where not is_refund)
    from (
      select hashtextextended('refunded', b.s) as k, bool_or(b.is_refund) as is_refund
      from (
        select s, false as is_refund from unnest(${batch.conversionSiteIds}::int[]) as c (s)
        union
        select s, true from jsonb_to_recordset(${batch.refunds}::jsonb) as r (s int, rf uuid) where rf is not null
      ) as b
      group by b.s
      order by k
    ) as sites`;
}
