import { sql, type SQL } from "drizzle-orm";

/**
 * Takes the visitor's events out of the site's dead letters. A letter keeps its count of received events: those that
 * went are told as rejected, so that the ledger balances whenever the rest is ingested.
 */
export function cleanDeadLetters({ siteId, visitorId }: { siteId: number; visitorId: string }): SQL {
  return sql`
    with letter as materialized (
      select d.id, d.message, kept.events, kept.gone
      from site.dead_letters d
      cross join lateral (
        select coalesce(jsonb_agg(e order by n) filter (where not is_theirs), '[]') as events,
          count(*) filter (where is_theirs) as gone
        from (
          select e, n, coalesce(e ->> 'visitor', d.message ->> 'visitor') = ${visitorId} as is_theirs
          from jsonb_array_elements(case jsonb_typeof(d.message -> 'events') when 'array' then d.message -> 'events'
            else '[]' end) with ordinality as t (e, n)
        ) as event
      ) as kept
      where d.site_id = ${siteId}
        and (kept.gone > 0 or d.message ->> 'visitor' = ${visitorId} or d.message ->> 'previousVisitor' = ${visitorId})
    )
    update site.dead_letters d set message = l.message - 'previousVisitor'
      || jsonb_build_object('events', l.events, 'visitor',
        case when l.message ->> 'visitor' = ${visitorId} then 'null' else l.message -> 'visitor' end)
      || case when l.gone = 0 then '{}' else jsonb_build_object('rejected', coalesce(l.message -> 'rejected', '{}')
        || jsonb_build_object('erased', coalesce((l.message #>> '{rejected,erased}')::int, 0) + l.gone)) end
    from letter l
    where d.id = l.id`;
}
