import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type ErasureRequest = { siteId: number; visitorId: string; at: Date };
export type Erasure = { siteId: number; visitorId: string; isFinished: boolean };

/**
 * Notes that a visitor is to be forgotten: from now on nothing they did before `at` is stored. With a cookieless visitor
 * go the hashes under which the same visit ran over a midnight. One that has been forgotten already and has not come
 * since stays as it is. Answers all of them; nothing for a visitor who is not there.
 */
export async function requestErasure(
  db: Database,
  { siteId, visitorId, at }: ErasureRequest,
): Promise<Erasure[]> {
  const { rows } = await db.execute<{ visitor_id: string; is_finished: boolean }>(sql`
    with recursive member (visitor_id) as (
      select ${visitorId}::uuid
      union
      select near.visitor_id
      from member m
      cross join lateral (
        select a.previous_visitor_id as visitor_id from site.visitor_aliases a
        where a.site_id = ${siteId} and a.visitor_id = m.visitor_id and a.running_from is not null
        union all
        select a.visitor_id from site.visitor_aliases a
        where a.site_id = ${siteId} and a.previous_visitor_id = m.visitor_id and a.running_from is not null
      ) as near
    ),
    requested as (
      insert into site.erasures (site_id, visitor_id, requested_at, erased_until)
      select v.site_id, v.visitor_id, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz
      from member m join site.visitors v on v.site_id = ${siteId} and v.visitor_id = m.visitor_id
      order by 1, 2
      on conflict (site_id, visitor_id) do update set requested_at = excluded.requested_at,
        erased_until = greatest(erasures.erased_until, excluded.erased_until), finished_at = null
      returning visitor_id
    )
    select visitor_id, false as is_finished from requested
    union all
    select e.visitor_id, e.finished_at is not null
    from member m join site.erasures e on e.site_id = ${siteId} and e.visitor_id = m.visitor_id
    where e.visitor_id not in (select visitor_id from requested)`);
  return rows.map((row) => ({ siteId, visitorId: row.visitor_id, isFinished: row.is_finished }));
}

/** Erasures that are not finished, the oldest request first. */
export async function listWaitingErasures(db: Database, limit: number): Promise<Erasure[]> {
  const { rows } = await db.execute<{ site_id: number; visitor_id: string }>(sql`
    select site_id, visitor_id from site.erasures where finished_at is null
    order by requested_at, site_id, visitor_id limit ${limit}`);
  return rows.map((row) => ({ siteId: row.site_id, visitorId: row.visitor_id, isFinished: false }));
}
