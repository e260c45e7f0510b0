import { sql, type SQL } from "drizzle-orm";

import { withinTime } from "#db/queries/events/within-time.ts";

/**
 * Journeys without a conversion (decisions 19): a person's contacts after their last conversion before the range's end,
 * the last of them inside the range. What comes after the range changes nothing.
 *
 * First the last contact of each visitor in the range, as candidates beside the conversions; a visitor's id is no
 * conversion's. A promo code is used with a conversion, so it is never the last of a null journey; one in the
 * address of a page (rank 2) may be, where it is a campaign's.
 */
export function lastContacts(siteId: number): SQL {
  return sql`
    select t.visitor_id, max(t.at), null::uuid, t.visitor_id, max(t.at), '', 0, 0::bigint, 0::bigint, true, '', 0::bigint, 0::bigint, false
    from bounds b join site.touchpoints t on t.site_id = ${siteId} and ${withinTime(sql`t.at`, sql`b.lo`, sql`b.hi`)}
    where t.rank = 0 or t.rank = 2 and exists (
      select from site.sources d where d.id = t.source_id and d.campaign_id is not null)
    group by t.visitor_id`;
}

/**
 * CTE `null_item (item_id)` within `journeyContacts`: the candidates whose person has not converted since, one a person,
 * the latest. Who went on under the next day's hash has not ended (decisions 13): what they did then decides.
 */
export function nullItems(siteId: number): SQL {
  // Each looked up by itself, whatever the planner expects of the others: `offset 0` keeps it from being joined.
  const sinceThen = (visitor: SQL, from: SQL, to = sql`b.hi`) => sql`
    select 1 from bounds b
    join site.conversions c on c.site_id = ${siteId} and c.visitor_id = ${visitor} and c.at >= ${from} and c.at < ${to}
      and not c.is_test
    offset 0`;
  return sql`
    null_item as materialized (
      select v.item_id
      from alone v
      where v.is_null and not exists (${sinceThen(sql`v.visitor_id`, sql`v.converted_at`)})
        and not exists (
          select from site.visitor_aliases a
          where a.site_id = ${siteId} and a.previous_visitor_id = v.visitor_id and a.running_from <= v.converted_at
            and exists (${sinceThen(sql`a.visitor_id`, sql`v.converted_at`)})
          offset 0)
      union all
      select item_id
      from (
        select distinct on (d.person_id) d.item_id, d.person_id, d.converted_at
        from identified d
        where d.is_null
        order by d.person_id, d.converted_at desc, d.item_id
      ) as d
      where not exists (
        select from slice s
        where s.person_id = d.person_id
          and exists (${sinceThen(sql`s.visitor_id`, sql`greatest(d.converted_at, s.lo)`, sql`least(b.hi, s.hi)`)}))
    )`;
}
