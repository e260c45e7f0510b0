import { sql, type SQL } from "drizzle-orm";

import type { JourneyQuestion } from "./journey.ts";
import { ways } from "./ways.ts";

export type WayStepsQuestion = JourneyQuestion & {
  /** How many steps of a way are looked at. */
  positions: number;
  /** How many groups are told apart at each; the others are one. */
  top: number;
  /** From the first step on, or backwards from the last one. */
  align: "start" | "end";
};

/** A group at a position. Both flags false and `key` null: contacts in no group. */
export type StepNode = {
  position: number;
  isOther: boolean;
  key: string | null;
  journeys: number;
  converting: number;
  endsConverting: number;
  endsNull: number;
  goesOn: number;
  minor: number;
};

/** From a group at a position to one at the next position. */
export type StepLink = {
  position: number;
  isOther: boolean;
  key: string | null;
  toOther: boolean;
  toKey: string | null;
  journeys: number;
  converting: number;
};

/** The groups at each step of all ways, the largest told apart. */
export function wayNodes(question: WayStepsQuestion): SQL {
  const isLast = sql`position + 1 = ${question.positions}::int`;
  return sql`
    with ${placedSteps(question)}
    select position, is_other as "isOther", key, count(*) filter (where is_journey)::int as journeys,
      count(*) filter (where conversions = 1)::int as converting,
      count(*) filter (where conversions = 1 and steps = position + 1)::int as "endsConverting",
      count(*) filter (where is_null and steps = position + 1)::int as "endsNull",
      count(*) filter (where is_journey and ${isLast} and steps > position + 1)::int as "goesOn",
      sum(minor)::float8 as minor
    from placed
    group by 1, 2, 3
    order by 1, 2, 4 desc, 3`;
}

/** How journeys went from one position to the next. */
export function wayLinks(question: WayStepsQuestion): SQL {
  return sql`
    with ${placedSteps(question)}
    select position, is_other as "isOther", key, next_other as "toOther", next_key as "toKey",
      count(*)::int as journeys, count(*) filter (where conversions = 1)::int as converting
    from (
      select *, lead(is_other) over way as next_other, lead(key) over way as next_key, lead(position) over way as next_position
      from placed
      where is_journey
      window way as (partition by item_id order by position)
    ) as p
    where next_position is not null
    group by 1, 2, 3, 4, 5
    order by 1, 6 desc`;
}

/** CTE `placed`: each way's steps at the positions that are shown. */
function placedSteps({ positions, top, align, ...question }: WayStepsQuestion): SQL {
  const position = align === "start" ? sql`p.place - 1` : sql`cardinality(w.path) - p.place`;
  return sql`
    ${ways(question)},
    step as materialized (
      select w.item_id, w.conversions, w.minor, w.is_journey, w.is_null, cardinality(w.path) as steps,
        (${position})::int as position, p.key
      from way w cross join unnest(w.path) with ordinality as p (key, place)
      where ${position} < ${positions}
    ),
    ranked as (
      select position, key, row_number() over (partition by position order by count(*) desc, key) as rank
      from step where is_journey group by position, key
    ),
    placed as (
      select s.item_id, s.conversions, s.minor, s.is_journey, s.is_null, s.steps, s.position,
        coalesce(r.rank, ${top}::int + 1) > ${top}::int as is_other,
        case when r.rank <= ${top}::int then s.key end as key
      from step s
      -- In parts that can be hashed, as "is not distinct from" cannot.
      left join ranked r on r.position = s.position and coalesce(r.key, '') = coalesce(s.key, '')
        and (r.key is null) = (s.key is null)
    )`;
}
