import { sql, type SQL } from "drizzle-orm";

/**
 * CTE `previous (item_id, at, is_null)` after `journeyContacts`: when the same person had last converted before, of
 * whatever type and however long ago; `is_null` where the item is no conversion's. Two conversions of one millisecond
 * follow each other by id.
 */
export function previousConversions(siteId: number): SQL {
  const earlier = (of: SQL) => sql`
    select c.at from site.conversions c
    where c.site_id = ${siteId} and c.visitor_id = ${of}.visitor_id and c.at >= ${of}.lo and c.at <= i.converted_at
      and (c.at, c.conversion_id) < (i.converted_at, i.conversion_id) and not c.is_test`;
  return sql`
    previous as materialized (
      select item_id, max(at) as at, bool_and(is_null) as is_null
      from (
        select i.item_id, c.at, i.conversion_id is null as is_null
        from alone_visitor i
        cross join lateral (${earlier(sql`i`)} order by c.at desc limit 1) as c
        union all
        select i.item_id, c.at, i.conversion_id is null
        from identified i
        join slice s on s.person_id = i.person_id
        cross join lateral (${earlier(sql`s`)} and c.at < s.hi order by c.at desc limit 1) as c
      ) as conversion
      group by item_id
    )`;
}
