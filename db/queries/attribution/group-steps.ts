import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { hashedJoins } from "./journey-rows.ts";
import { journeys, type JourneyQuestion } from "./journey.ts";

/** Steps into or out of one group. `key` null with `isEdge`: the journey began or ended there. */
export type GroupStep = {
  direction: "from" | "to";
  key: string | null;
  isEdge: boolean;
  count: number;
  converting: number;
};

/** How many journeys, converting and not, hold the group. */
export type GroupJourneys = { converting: number; nulls: number };

/** The steps into and out of a group, and how many journeys hold it. */
export async function loadGroupSteps(
  db: Database,
  question: JourneyQuestion,
  key: string | null,
): Promise<{ steps: GroupStep[]; journeys: GroupJourneys }> {
  const [, steps, journeys] = await db.batch([
    db.execute(hashedJoins()),
    db.execute<GroupStep>(groupSteps(question, key)),
    db.execute<GroupJourneys>(groupJourneys(question, key)),
  ]);
  const [held] = journeys.rows;
  return { steps: steps.rows, journeys: held ?? { converting: 0, nulls: 0 } };
}

/**
 * The steps of all journeys of a range between one group and its neighbours, equal groups one behind the other being one:
 * what the Markov chain of order 1 is made of, seen from the group.
 */
export function groupSteps(question: JourneyQuestion, key: string | null): SQL {
  return sql`
    with ${visits(question)},
    step as (
      select item_id, is_null, key, before_key, after_key, is_first, is_last from visit where key is not distinct from ${key}
    )
    select direction, key, "isEdge", count(*)::int as count, count(*) filter (where not is_null)::int as converting
    from (
      select 'from' as direction, before_key as key, is_first as "isEdge", is_null from step
      union all
      select 'to', after_key, is_last, is_null from step
    ) as s
    group by 1, 2, 3
    order by 4 desc, 2`;
}

/** How many journeys hold the group. */
export function groupJourneys(question: JourneyQuestion, key: string | null): SQL {
  return sql`
    with ${journeys({ ...question, inOneCurrency: true })}
    select count(*) filter (where not i.is_null)::int as converting, count(*) filter (where i.is_null)::int as nulls
    from item i
    where (i.n = 1 or i.is_null)
      and exists (select from journey j where j.item_id = i.item_id and j.key is not distinct from ${key})`;
}

/** CTE `visit`: each journey's groups without repeats, with the one before and after. */
function visits(question: JourneyQuestion): SQL {
  return sql`
    ${journeys({ ...question, inOneCurrency: true })},
    placed as (
      select j.item_id, t.is_null, j.key, j.i,
        j.i > 1 and j.key is not distinct from lag(j.key) over (partition by j.item_id order by j.i) as is_repeat
      from journey j join item t on t.item_id = j.item_id
      where t.n = 1 or t.is_null
    ),
    visit as (
      select item_id, is_null, key, lag(key) over way as before_key, lead(key) over way as after_key,
        row_number() over way = 1 as is_first, lead(i) over way is null as is_last
      from placed where not is_repeat
      window way as (partition by item_id order by i)
    )`;
}
