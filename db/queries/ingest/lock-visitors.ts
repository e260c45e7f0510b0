import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { instantOf } from "./event-columns.ts";
import { withinBatch } from "./within-batch.ts";

/**
 * CTEs after `own (site_id, visitor_id)`: `member (site_id, origin, visitor_id)` are, for each of these, all hashes of
 * its chain: yesterday's, the day's before, tomorrow's, as far as collect has told them (decisions 13). Nearly every
 * visitor is alone in it. For a statement that begins with `with recursive`.
 */
export function visitorChains(): SQL {
  return sql`
    member (site_id, origin, visitor_id) as (
      select site_id, visitor_id, visitor_id from own
      union
      select m.site_id, m.origin, near.visitor_id
      from member m
      cross join lateral (
        select a.previous_visitor_id as visitor_id from site.visitor_aliases a
        where a.site_id = m.site_id and a.visitor_id = m.visitor_id
        union all
        select a.visitor_id from site.visitor_aliases a
        where a.site_id = m.site_id and a.previous_visitor_id = m.visitor_id
      ) as near
    )`;
}

/**
 * Upserts the batch's visitors in order and so locks them: what is derived of one visitor is derived by one
 * transaction at a time (decisions 8). The other hashes of their chains are locked too, and yesterday's hash even if
 * nothing came of it yet: its first event may be on its way in another batch. A visitor of whom all has been erased up
 * to now gets no row.
 */
export function lockVisitors(batch: BatchParameters): SQL {
  return sql`
    with recursive b as materialized (
      select s, v, coalesce(${instantOf(sql`o`)}, 'infinity') as o, coalesce(${instantOf(sql`l`)}, '-infinity') as l
      from unnest(${batch.visitorSiteIds}::int[], ${batch.visitorIds}::uuid[], ${batch.firstSeenMs}::bigint[],
        ${batch.lastSeenMs}::bigint[]) as b (s, v, o, l)
    ),
    own as (select s as site_id, v as visitor_id from b),
    ${visitorChains()}
    insert into site.visitors (site_id, visitor_id, first_seen_at, last_seen_at)
    select m.site_id, m.visitor_id, coalesce(greatest(b.o, x.erased_until), 'infinity'), coalesce(b.l, '-infinity')
    from (select distinct site_id, visitor_id from member) m
    left join b on b.s = m.site_id and b.v = m.visitor_id
    left join site.erasures x on x.site_id = m.site_id and x.visitor_id = m.visitor_id
    where (x.erased_until is null or b.l > x.erased_until)
      and (b.s is not null
        or exists (select from site.visitors v where v.site_id = m.site_id and v.visitor_id = m.visitor_id))
    order by m.site_id, m.visitor_id
    on conflict (site_id, visitor_id) do update set
      first_seen_at = least(visitors.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(visitors.last_seen_at, excluded.last_seen_at)`;
}

/**
 * Locks what became part of a chain while `lockVisitors` waited. Out of order, but there is hardly ever anything left
 * to lock; where two batches do meet, Postgres breaks one off and it is written again.
 */
export function lockChains(batch: BatchParameters): SQL {
  return sql`
    with recursive own as (
      select * from ${visitorsOf(batch)} as b (site_id, visitor_id)
    ),
    ${visitorChains()},
    other as (
      select distinct site_id, visitor_id from member where visitor_id <> origin
      except
      select site_id, visitor_id from own
    )
    select count(*) from (
      select 1 from other join site.visitors v using (site_id, visitor_id) order by site_id, visitor_id for update of v
    ) as locked`;
}

function visitorsOf(batch: BatchParameters): SQL {
  return sql`unnest(${batch.visitorSiteIds}::int[], ${batch.visitorIds}::uuid[])`;
}

/** CTE: erased visitors of whom the batch stored nothing, as all of it had been erased, get no row (`lockVisitors`). */
export function emptiedVisitors(batch: BatchParameters): SQL {
  return sql`
    emptied as (
      delete from site.visitors v
      using ${visitorsOf(batch)} as n (s, v), site.erasures x
      where v.site_id = n.s and v.visitor_id = n.v and x.site_id = n.s and x.visitor_id = n.v
        and not site.has_events(v.site_id, v.visitor_id)
    )`;
}

/**
 * Keeps which hash of yesterday's an event came with. Rows that `lockVisitors` made of nothing but a hash go: the lock
 * on them holds until the end all the same.
 */
export function insertAliases(batch: BatchParameters): SQL {
  return sql`
    with b as materialized (
      select * from jsonb_to_recordset(${batch.aliases}::jsonb) as b (s int, e uuid, v uuid)
    ),
    unseen as (
      delete from site.visitors v using b
      where v.site_id = b.s and v.visitor_id = b.v and v.last_seen_at = '-infinity'
    )
    insert into site.visitor_aliases (site_id, visitor_id, previous_visitor_id, seen_at)
    select e.site_id, e.visitor_id, min(b.v::text)::uuid, min(e.received_at)
    from b join site.events e on e.site_id = b.s and e.event_id = b.e and ${withinBatch(batch, sql`e.event_id`)}
    where e.xmin = pg_current_xact_id()::xid and e.visitor_id is not null and e.visitor_id <> b.v
    group by 1, 2
    order by 1, 2
    on conflict (site_id, visitor_id) do nothing`;
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
