import { sql, type SQL } from "drizzle-orm";

import { MOST_VALUES, OTHER_VALUE, type KeptDimension, type Scope } from "#core/rollup/dimensions.ts";
import { HASHES, PAIRS, mostHashes, precisionOf } from "#core/rollup/visitor-sketch.ts";
import { HASH_MASK, hashBytes } from "./daily-members.ts";

/**
 * CTEs after `dailyMembers`: `leaf` are the rows to be kept, the values with the most visitors (then visits, then clicks)
 * of each scope and dimension, and one for all others, whose visitors are counted anew: one who saw two of them is one.
 * `sketch` holds each leaf's visitors in the bytes that `core/rollup/visitor-sketch` reads.
 */
export function dailySketches(): SQL {
  return sql`
    ${leaves()},
    sized as materialized (
      select *, visitors > ${mostHashesOf()} as is_large
      from (select leaf_id, visitors, ${precision()} as p from leaf where visitors > 0) as z
    ),
    sketch as materialized (
      select m.leaf_id, ${kindByte(HASHES)} || string_agg(m.bytes, ''::bytea) as bytes
      from (
        select r.leaf_id, s.bytes from solo s join grp g on g.k = s.k join ranked r on r.gid = g.gid
        union all
        select leaf_id, ${hashBytes(sql`h`)} from seen
      ) as m
      join sized z on z.leaf_id = m.leaf_id
      where not z.is_large
      group by 1
      union all
      select r.leaf_id, ${kindByte(PAIRS)}
        || string_agg(substring(int4send(r.register) from 3) || substring(int4send(r.rank) from 4), ''::bytea)
      from (
        select m.leaf_id, ((m.h & ${HASH_MASK}) >> (40 - m.p))::int as register, max(${rank()}) as rank
        from (
          select z.leaf_id, z.p, c.h
          from sized z join ranked r on r.leaf_id = z.leaf_id join grp g on g.gid = r.gid join cell c on c.k = g.k
          where z.is_large and c.h is not null
          union all
          select z.leaf_id, z.p, s.h from sized z join seen s on s.leaf_id = z.leaf_id where z.is_large
        ) as m
        group by 1, 2
      ) as r
      group by 1
    )`;
}

/** `seen`: the visitors who are not solo, by leaf, each once. */
function leaves(): SQL {
  return sql`
    placed_group as (
      select g.*, s.impressions, s.clicks, s.sessions, s.solo_visitors, s.solo_visitors + coalesce(m.n, 0) as visitors,
        case when g.scope = 'site' and g.dimension = 'all' then viewed.pageviews else s.pageviews end as pageviews,
        row_number() over (partition by g.scope, g.scope_key, g.dimension
          order by s.solo_visitors + coalesce(m.n, 0) desc, s.sessions desc, s.clicks desc, g.entry collate "C") as place
      from (select distinct gid, scope, scope_key, dimension, entry from grp) g
      join summed s on s.gid = g.gid
      cross join viewed
      left join (select gid, count(*)::int as n from several group by gid) m on m.gid = g.gid
      where s.impressions + s.clicks + s.sessions > 0 or g.scope = 'site' and g.dimension = 'all'
    ),
    ranked as materialized (
      select *, case when place <= ${MOST_VALUES} then gid
        else hashtextextended(concat_ws(chr(1), scope, scope_key, dimension, ${OTHER_VALUE}::text), 0) end as leaf_id
      from placed_group
    ),
    seen as materialized (
      select m.gid as leaf_id, m.h from several m join ranked r on r.gid = m.gid where r.place <= ${MOST_VALUES}
      union all
      select distinct r.leaf_id, m.h from several m join ranked r on r.gid = m.gid where r.place > ${MOST_VALUES}
    ),
    leaf as materialized (
      select leaf_id, scope, scope_key, dimension, entry, place, impressions, clicks, pageviews, sessions, visitors
      from ranked where place <= ${MOST_VALUES}
      union all
      select o.leaf_id, o.scope, o.scope_key, o.dimension, ${OTHER_VALUE}::text, o.place, o.impressions, o.clicks,
        o.pageviews, o.sessions, o.visitors + (select count(*)::int from seen s where s.leaf_id = o.leaf_id)
      from (
        select leaf_id, scope, scope_key, dimension, max(place) as place, sum(impressions)::int as impressions,
          sum(clicks)::int as clicks, sum(pageviews)::int as pageviews, sum(sessions)::int as sessions,
          sum(solo_visitors)::int as visitors
        from ranked where place > ${MOST_VALUES}
        group by 1, 2, 3, 4
      ) as o
    )`;
}

function kindByte(kind: number): SQL {
  return sql`set_byte('\\x00'::bytea, 0, ${kind}::int)`;
}

/** The precision of a leaf, as `core/rollup` decides it. */
function precision(): SQL {
  const of = (scope: Scope, dimension: KeptDimension) => sql`${precisionOf(scope, dimension)}::int`;
  return sql`case
    when dimension = 'all' and scope = 'site' then ${of("site", "all")}
    when dimension = 'all' then ${of("campaign", "all")}
    when dimension in ('campaign', 'channel') then ${of("site", "channel")}
    else ${of("site", "os")} end`;
}

function mostHashesOf(): SQL {
  return sql`case z.p when 16 then ${mostHashes(16)}::int when 14 then ${mostHashes(14)}::int else ${mostHashes(12)}::int end`;
}

/**
 * Leading zeros of the hash's low 40 − p bits, plus one. Half a unit keeps the logarithm off the whole numbers, where
 * rounding could take it to the wrong side.
 */
function rank(): SQL {
  const rest = sql`(m.h & ((1::bigint << (40 - m.p)) - 1))`;
  return sql`case ${rest} when 0 then 41 - m.p else 40 - m.p - floor(ln(${rest}::float8 + 0.5) / ln(2::float8))::int end`;
}
