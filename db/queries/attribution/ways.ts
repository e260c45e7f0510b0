import { sql, type SQL } from "drizzle-orm";

import { journeys, type JourneyQuestion } from "./journey.ts";

/**
 * CTEs up to `way (item_id, conversions, minor, is_journey, is_null, touches, path, first_lag_ms, last_lag_ms)`: each
 * conversion, refund and null journey of a range with the way it took. `path` are its groups, equal ones one behind the
 * other as one; null where no contact counts. Refunds take their amount and are no journey of their own. Lags are from
 * the first and the last contact to the conversion.
 */
export function ways(question: JourneyQuestion): SQL {
  return sql`
    ${journeys({ ...question, inOneCurrency: true })},
    stepped as (
      select item_id, key, i, age,
        i > 1 and group_key is not distinct from lag(group_key) over (partition by item_id order by i) as is_repeat
      from journey
    ),
    walked as (
      select item_id, count(*)::int as touches, array_agg(key order by i) filter (where not is_repeat) as path,
        (extract(epoch from max(age)) * 1000)::float8 as first_lag_ms, (extract(epoch from min(age)) * 1000)::float8 as last_lag_ms
      from stepped
      group by item_id
    ),
    way as materialized (
      select i.item_id, i.n as conversions, i.after_minor - i.before_minor as minor, i.n = 1 or i.is_null as is_journey,
        i.is_null, coalesce(w.touches, 0) as touches, w.path, w.first_lag_ms, w.last_lag_ms
      from item i left join walked w on w.item_id = i.item_id
    )`;
}

/** Conversions and minor units. */
export type Sum = { n: number; minor: number };

/** Groups by key; null: contacts in no group. `path` null: unattributed. */
export type WayRow = Sum & { path: (string | null)[] | null; touches: number; nulls: number };
export type AssistRow = { key: string | null; first: Sum; last: Sum; assists: Sum };
export type MatrixRow = Sum & { first: string | null; last: string | null };

export type WaysTotal = Sum & { ways: number; nulls: number; unattributed: Sum };

export type WayFacts = {
  total: WaysTotal;
  /** The most frequent. */
  top: WayRow[];
  /** By number of contacts; more than 12 as 13. */
  lengths: (Sum & { touches: number })[];
  /** By whole days, 0 to 90. */
  firstLags: (Sum & { days: number })[];
  lastLags: (Sum & { days: number })[];
  medians: { first: number | null; last: number | null };
  assists: AssistRow[];
  matrix: MatrixRow[];
};

const MOST_WAYS = 50;
/** Assisting groups, and cells of the matrix, that are answered: the largest. Sites have fewer, except by page. */
const MOST_GROUPS = 500;
const MOST_CELLS = 20_000;
const DAY_MS = sql.raw("86400000");

/** What all journeys of a range look like, in one pass; one row of JSON. `readWayFacts` reads it. */
export function wayFacts(question: JourneyQuestion): SQL {
  const sums = sql`sum(conversions)::int as n, sum(minor)::float8 as minor`;
  return sql`
    with ${ways(question)},
    by_way as (
      select path, ${sums}, count(*) filter (where is_null)::int as nulls,
        coalesce(avg(touches) filter (where is_journey), 0)::float8 as touches
      from way group by path
    ),
    top as (select * from by_way order by n desc, nulls desc, minor desc, path limit ${MOST_WAYS}),
    by_length as (
      select least(touches, 13) as touches, ${sums} from way where not is_null and path is not null group by 1 order by 1
    ),
    first_lag as (${lags(sql`first_lag_ms`, sums)}),
    last_lag as (${lags(sql`last_lag_ms`, sums)}),
    ${assisted()},
    matrix as (
      select path[1] as first, path[cardinality(path)] as last, ${sums}
      from way where not is_null and path is not null group by 1, 2 order by 3 desc, 4 desc, 1, 2 limit ${MOST_CELLS}
    )
    select json_build_object(
      'total', (select ${total} from by_way),
      'top', ${listOf(sql`top`)}, 'lengths', ${listOf(sql`by_length`)},
      'firstLags', ${listOf(sql`first_lag`)}, 'lastLags', ${listOf(sql`last_lag`)},
      'medians', (select json_build_object('first', percentile_cont(0.5) within group (order by first_lag_ms),
        'last', percentile_cont(0.5) within group (order by last_lag_ms)) from way where conversions = 1 and path is not null),
      'assists', (select coalesce(json_agg(json_build_object('key', key,
        'first', json_build_object('n', first_n, 'minor', first_minor),
        'last', json_build_object('n', last_n, 'minor', last_minor),
        'assists', json_build_object('n', assist_n, 'minor', assist_minor))), '[]') from assist),
      'matrix', ${listOf(sql`matrix`)}) as facts`;
}

const total: SQL = sql`
  json_build_object('n', coalesce(sum(n), 0), 'minor', coalesce(sum(minor), 0), 'ways', count(*),
    'nulls', coalesce(sum(nulls), 0), 'unattributed', json_build_object('n', coalesce(sum(n) filter (where path is null), 0),
      'minor', coalesce(sum(minor) filter (where path is null), 0)))`;

/** All that `wayFacts` adds up to, by itself. */
export function waysTotal(question: JourneyQuestion): SQL {
  return sql`
    with ${ways(question)},
    by_way as (
      select path, sum(conversions)::int as n, sum(minor)::float8 as minor, count(*) filter (where is_null)::int as nulls
      from way group by path
    )
    select ${total} as total from by_way`;
}

function listOf(cte: SQL): SQL {
  return sql`(select coalesce(json_agg(entry), '[]') from ${cte} as entry)`;
}

function lags(lag: SQL, sums: SQL): SQL {
  return sql`
    select floor(${lag} / ${DAY_MS})::int as days, ${sums} from way where not is_null and path is not null
    group by 1 order by 1`;
}

/** CTE `assist`: what each group began, ended, and was part of without ending it. */
function assisted(): SQL {
  return sql`
    part as (
      select distinct on (w.item_id, p.key) w.conversions, w.minor, p.key, p.key is not distinct from w.path[1] as is_first,
        p.key is not distinct from w.path[cardinality(w.path)] as is_last
      from way w cross join unnest(w.path) as p (key)
      where not w.is_null
    ),
    assist as (
      select key, coalesce(sum(conversions) filter (where is_first), 0)::int as first_n,
        coalesce(sum(minor) filter (where is_first), 0)::float8 as first_minor,
        coalesce(sum(conversions) filter (where is_last), 0)::int as last_n,
        coalesce(sum(minor) filter (where is_last), 0)::float8 as last_minor,
        coalesce(sum(conversions) filter (where not is_last), 0)::int as assist_n,
        coalesce(sum(minor) filter (where not is_last), 0)::float8 as assist_minor
      from part
      group by key
      order by sum(conversions) desc, sum(minor) desc, key
      limit ${MOST_GROUPS}
    )`;
}

/** The row of `wayFacts`. */
export function readWayFacts(rows: readonly { facts: unknown }[]): WayFacts {
  const [row] = rows;
  if (!row) throw new Error("The ways came without their total");
  return row.facts as WayFacts;
}
