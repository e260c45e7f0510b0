import { sql, type SQL } from "drizzle-orm";

import { MOST_VALUES, OTHER_VALUE, type Dimension, type Scope } from "#core/rollup/dimensions.ts";
import { HASHES, PAIRS, mostHashes, precisionOf } from "#core/rollup/visitor-sketch.ts";

/**
 * CTEs after `dailyMembers`: `leaf` are the rows to be kept, the values with the most visitors of each scope and
 * dimension, and one for all others, whose visitors are counted anew: one who saw two of them is one. `sketch` holds
 * each leaf's visitors in the bytes that `core/rollup/visitor-sketch` reads.
 */
export function dailySketches(): SQL {
  return sql`
    ${leaves()},
    sized as materialized (
      select leaf_id, visitors, ${precision()} as p from leaf where visitors > 0
    ),
    sketch as materialized (
      select s.leaf_id, ${kindByte(HASHES)} || string_agg(substring(int8send(s.h & ${HASH_MASK}) from 4), ''::bytea) as bytes
      from seen s join sized z on z.leaf_id = s.leaf_id
      where z.visitors <= ${mostHashesOf()}
      group by 1
      union all
      select r.leaf_id, ${kindByte(PAIRS)}
        || string_agg(substring(int4send(r.register) from 3) || substring(int4send(r.rank) from 4), ''::bytea)
      from (
        select s.leaf_id, ((s.h & ${HASH_MASK}) >> (40 - z.p))::int as register, max(${rank()}) as rank
        from seen s join sized z on z.leaf_id = s.leaf_id
        where z.visitors > ${mostHashesOf()}
        group by 1, 2
      ) as r
      group by 1
    )`;
}

/** The hash's low 40 bits are what a sketch knows of a visitor. */
const HASH_MASK = sql`1099511627775`;

function leaves(): SQL {
  return sql`
    ranked as materialized (
      select g.*, s.impressions, s.clicks, s.sessions, coalesce(m.visitors, 0) as visitors,
        case when g.scope = 'site' and g.dimension = 'all' then viewed.pageviews else s.pageviews end as pageviews,
        row_number() over (partition by g.scope, g.scope_key, g.dimension
          order by coalesce(m.visitors, 0) desc, s.sessions desc, g.entry collate "C") as place,
        hashtextextended(concat_ws(chr(1), g.scope, g.scope_key, g.dimension, ${OTHER_VALUE}::text), 0) as other_id
      from (select distinct gid, scope, scope_key, dimension, entry from grp) g
      join summed s on s.gid = g.gid
      cross join viewed
      left join (select gid, count(*)::int as visitors from member group by gid) m on m.gid = g.gid
      where s.impressions + s.clicks + s.sessions > 0 or g.scope = 'site' and g.dimension = 'all'
    ),
    seen as materialized (
      select m.gid as leaf_id, m.h from member m join ranked r on r.gid = m.gid where r.place <= ${MOST_VALUES}
      union all
      select distinct r.other_id, m.h from member m join ranked r on r.gid = m.gid where r.place > ${MOST_VALUES}
    ),
    leaf as materialized (
      select gid as leaf_id, scope, scope_key, dimension, entry, place, impressions, clicks, pageviews, sessions, visitors
      from ranked where place <= ${MOST_VALUES}
      union all
      select o.*, (select count(*)::int from seen s where s.leaf_id = o.other_id)
      from (
        select other_id, scope, scope_key, dimension, ${OTHER_VALUE}::text, max(place), sum(impressions)::int,
          sum(clicks)::int, sum(pageviews)::int, sum(sessions)::int
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
  const of = (scope: Scope, dimension: Dimension | "all") => sql`${precisionOf(scope, dimension)}::int`;
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
  const rest = sql`(s.h & ((1::bigint << (40 - z.p)) - 1))`;
  return sql`case ${rest} when 0 then 41 - z.p else 40 - z.p - floor(ln(${rest}::float8 + 0.5) / ln(2::float8))::int end`;
}
