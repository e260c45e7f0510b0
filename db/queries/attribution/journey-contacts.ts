import { sql, type SQL } from "drizzle-orm";

import { nullItems } from "./null-journeys.ts";

/**
 * A person of more visitors than this is none: the site identifies all its guests by one key, and their journeys have
 * nothing to do with each other. A daily cookieless visitor on two devices reaches it after three years.
 */
const MOST_VISITORS = sql.raw("2000");

export type ContactsQuestion = { siteId: number; lookbackDays: number; nullJourneys?: boolean };

/**
 * CTEs after `candidate (item_id, conversion_id, visitor_id, converted_at)`, with `nullJourneys` also `is_null`:
 * `contact (item_id, age, at, rank, touchpoint_id, source_id, page_id)`, the touchpoints that lie within the lookback of
 * each candidate, both ends included, and are of the same person (decisions 15); `identified (item_id, …, person_id)`,
 * the candidates whose visitor was somebody.
 *
 * Without links the person is the visitor. A visitor who was identified is cut into slices: up to the second key they
 * are the first key's person, from a key on its person. The contacts are then those in all slices of the person that
 * the visitor was when converting: of other devices too, and not of what somebody else did on a shared one. To every
 * visitor comes the part of a visit that had begun under yesterday's hash (decisions 13).
 */
export function journeyContacts({ siteId, lookbackDays, nullJourneys = false }: ContactsQuestion): SQL {
  const isNull = nullJourneys ? sql`i.is_null` : sql`false`;
  // Most candidates for a null journey are none: their contacts are not looked up.
  const isKept = (of: SQL) =>
    nullJourneys ? sql`(not ${of}.is_null or ${of}.item_id in (select item_id from null_item))` : sql`true`;
  const lookback = sql`make_interval(secs => ${lookbackDays * 86_400})`;
  return sql`
    ${identifiedItems(siteId, isNull)},
    ${personSlices(siteId)},
    ${personContacts(siteId, lookback)},
    alone as (
      select i.item_id, i.conversion_id, i.converted_at, i.visitor_id, ${isNull} as is_null
      from candidate i
      left join identified d on d.item_id = i.item_id
      where d.item_id is null
    ),
    alone_visitor as (
      select item_id, conversion_id, converted_at, is_null, visitor_id, '-infinity'::timestamptz as lo from alone
      union all
      select i.item_id, i.conversion_id, i.converted_at, i.is_null, a.previous_visitor_id, a.running_from
      from alone i
      cross join lateral (
        select * from site.visitor_aliases a
        where a.site_id = ${siteId} and a.visitor_id = i.visitor_id and a.running_from is not null
        offset 0
      ) as a
    ),
    ${nullJourneys ? sql`${nullItems(siteId)},` : sql.empty()}
    contact as (
      select v.item_id, v.converted_at - t.at as age, t.at, t.rank, t.touchpoint_id, t.source_id, t.page_id
      from alone_visitor v
      -- Looked up visitor by visitor, whatever the table's size: by time alone it would be all of the site's.
      cross join lateral (
        select * from site.touchpoints t
        where t.site_id = ${siteId} and t.visitor_id = v.visitor_id
          and t.at between greatest(v.converted_at - ${lookback}, v.lo) and v.converted_at
        offset 0
      ) as t
      where ${isKept(sql`v`)}
      union all
      select d.item_id, d.converted_at - t.at, t.at, t.rank, t.touchpoint_id, t.source_id, t.page_id
      from identified d
      join person_contact t on t.person_id = d.person_id and t.at between d.converted_at - ${lookback} and d.converted_at
      where ${isKept(sql`d`)}
    )`;
}

/** CTE `person_contact`: the contacts of all persons who converted, in the slices that are theirs. */
function personContacts(siteId: number, lookback: SQL): SQL {
  return sql`
    person_contact as materialized (
      select s.person_id, t.at, t.rank, t.touchpoint_id, t.source_id, t.page_id
      from (select min(converted_at) - ${lookback} as lo, max(converted_at) as hi from identified) as b
      cross join slice s
      cross join lateral (
        select * from site.touchpoints t
        where t.site_id = ${siteId} and t.visitor_id = s.visitor_id
          and t.at between greatest(b.lo, s.lo) and b.hi and t.at < s.hi
        offset 0
      ) as t
    )`;
}

/** CTE `identified (item_id, conversion_id, converted_at, person_id)`: candidates whose visitor was somebody then. Free where a site has no links. */
function identifiedItems(siteId: number, isNull: SQL): SQL {
  return sql`
    named as materialized (
      select i.item_id, i.conversion_id, i.converted_at, ${isNull} as is_null, coalesce(
        (select l.person_id from site.identity_links l
         where l.site_id = ${siteId} and l.visitor_id = i.visitor_id and l.since <= i.converted_at
         order by l.since desc, l.event_id desc limit 1),
        (select l.person_id from site.identity_links l
         where l.site_id = ${siteId} and l.visitor_id = i.visitor_id
         order by l.since, l.event_id limit 1)) as person_id
      from candidate i
      -- In order, so that one look into the index tells it, also where other sites' links are many.
      where (select 1 from site.identity_links where site_id = ${siteId} order by event_id limit 1) is not null
    ),
    person as materialized (
      select p.person_id, array_agg(v.visitor_id) as visitors
      from (select distinct person_id from named where person_id is not null) p
      cross join lateral (
        select l.visitor_id from site.identity_links l
        where l.site_id = ${siteId} and l.person_id = p.person_id
        group by l.visitor_id
        limit ${MOST_VISITORS} + 1
      ) as v
      group by p.person_id
      having count(*) <= ${MOST_VISITORS}
    ),
    identified as materialized (
      select n.item_id, n.conversion_id, n.converted_at, n.is_null, n.person_id from named n join person p on p.person_id = n.person_id
    )`;
}

/** CTE `slice (person_id, visitor_id, lo, hi)`: when, in [lo, hi), each visitor was the person. */
function personSlices(siteId: number): SQL {
  return sql`
    key_change as (
      select visitor_id, person_id, since, event_id
      from (
        select l.visitor_id, l.person_id, l.since, l.event_id,
          lag(l.person_id) over (partition by l.visitor_id order by l.since, l.event_id) as before_id
        from (select distinct v.visitor_id from person p cross join unnest(p.visitors) as v (visitor_id)) as m
        cross join lateral (
          select * from site.identity_links l where l.site_id = ${siteId} and l.visitor_id = m.visitor_id
          offset 0
        ) as l
      ) as link
      where before_id is distinct from person_id
    ),
    own_slice as materialized (
      select person_id, visitor_id,
        case when row_number() over visitor = 1 then '-infinity'::timestamptz else since end as lo,
        coalesce(lead(since) over visitor, 'infinity') as hi
      from key_change
      window visitor as (partition by visitor_id order by since, event_id)
    ),
    slice as materialized (
      select person_id, visitor_id, lo, hi from own_slice
      union all
      select s.person_id, a.previous_visitor_id, greatest(s.lo, a.running_from), s.hi
      from own_slice s
      cross join lateral (
        select * from site.visitor_aliases a
        where a.site_id = ${siteId} and a.visitor_id = s.visitor_id and a.running_from < s.hi
        offset 0
      ) as a
      -- Who was identified before midnight, too, is there with all the visit.
      where not exists (
          select from own_slice o where o.visitor_id = a.previous_visitor_id and o.person_id = s.person_id)
    )`;
}
