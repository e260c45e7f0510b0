import { sql, type SQL } from "drizzle-orm";

import type { Model } from "#core/attribution/models.ts";
import type { PositionShares } from "#core/attribution/options.ts";
import { journeys, type JourneyQuestion } from "./journey.ts";
import { positionMinor } from "./position-minor.ts";

export type CreditLinesQuestion = JourneyQuestion & {
  model: Model;
  position: PositionShares;
  halfLifeDays: number;
};

const DAY_MS = 86_400_000;

/**
 * CTEs up to `line (item_id, is_unattributed, key, is_credited, conversions, minor)`: what each group gets of each
 * conversion and refund of a range under one model, in the site's currency. Summed by group it is what `ruleSums` makes of
 * the same range in one pass for all models; money in whole minor units, as `core/money/split-by-shares` splits it.
 *
 * Markov gives nothing for one conversion: its lines are those of participation, which say in whose journeys a group was.
 */
export function creditLines(question: CreditLinesQuestion): SQL {
  return sql`
    ${journeys({ ...question, inOneCurrency: true })},
    part as (
      select item_id, n as conversions, 1 as sign, after_minor as minor from item where n > 0 or after_minor <> 0
      union all
      select item_id, 0, -1, before_minor from item where before_minor > 0
    ),
    ${question.model === "time_decay" ? decayedTouches(question.halfLifeDays) : touches},
    line as (${byGroup(question.model) ? groupLines(question.model) : touchLines(question)})`;
}

/** Models that look at the distinct groups of a journey, not at its single contacts. */
function byGroup(model: Model): boolean {
  return model === "participation" || model === "shapley" || model === "markov";
}

/** CTE `touch`: each part's contacts; a part without journey is one contact's that is nobody's. */
const touches: SQL = sql`
  touch as (
    select p.item_id, p.sign, p.conversions, p.minor, j.item_id is null as is_unattributed, j.key,
      coalesce(j.i, 1) as i, coalesce(j.n, 1) as n, coalesce(j.last_other, j.n, 1) as last_other
    from part p
    left join (
      select item_id, key, i, n, max(case when channel <> 'direct' then i end) over (partition by item_id) as last_other
      from journey
    ) j on j.item_id = p.item_id
  )`;

/** The same with `weight`, the share under time decay (`2^(−age / half-life)`, normalised), and its whole minor units. */
function decayedTouches(halfLifeDays: number): SQL {
  return sql`
    aged as (
      select item_id, key, i, n,
        round(date_part('epoch', at - max(at) over (partition by item_id)) * 1000) / ${halfLifeDays * DAY_MS}::float8 as half_lives
      from journey
    ),
    weighed as (
      -- Postgres refuses what is too small for a double.
      select item_id, key, i, n, case when half_lives < -1000 then 0 else power(2, half_lives) end as raw_weight
      from aged
    ),
    cut as (
      select p.item_id, p.sign, p.conversions, p.minor, w.item_id is null as is_unattributed, w.key, coalesce(w.i, 1) as i,
        coalesce(w.n, 1) as n, coalesce(w.raw_weight / sum(w.raw_weight) over (partition by p.item_id, p.sign), 1) as weight
      from part p left join weighed w on w.item_id = p.item_id
    ),
    rounded as (
      select *, floor(weight * minor)::bigint as whole,
        floor((weight * minor - floor(weight * minor)) * 1e9 + 0.5)::bigint as rest
      from cut
    ),
    touch as (
      select *, row_number() over (share order by rest desc, i) as place, minor - sum(whole) over share as left_over
      from rounded
      window share as (partition by item_id, sign)
    )`;
}

function touchLines(question: CreditLinesQuestion): SQL {
  const { weight, minor } = touchShare(question);
  return sql`
    select item_id, is_unattributed, key, bool_or(weight > 0) as is_credited,
      sum(weight * conversions)::float8 as conversions, sum(sign * minor)::float8 as minor
    from (
      select item_id, is_unattributed, key, sign, conversions, ${weight} as weight, (${minor})::bigint as minor from touch
    ) as shared
    group by 1, 2, 3`;
}

type TouchShare = { weight: SQL; minor: SQL };

/** Share and minor units of contact `i` of `n`; formulas and their sources are in docs/attribution.md. */
function touchShare({ model, position }: CreditLinesQuestion): TouchShare {
  const { first, middle, last } = position;
  switch (model) {
    case "first":
      return takesAll(sql`i = 1`);
    case "last":
      return takesAll(sql`i = n`);
    case "last_non_direct":
      return takesAll(sql`i = last_other`);
    case "linear":
      return { weight: sql`1 / n::float8`, minor: sql`minor / n + (i <= minor % n)::int` };
    case "position":
      return {
        weight: sql`case when n = 1 then 1
          when n = 2 then case i when 1 then ${first}::float8 else ${last}::float8 end / ${first + last}::float8
          when i = 1 then ${first / 100}::float8 when i = n then ${last / 100}::float8
          else ${middle / 100}::float8 / (n - 2) end`,
        minor: positionMinor(position),
      };
    case "time_decay":
      return {
        weight: sql`weight`,
        minor: sql`whole + case when left_over >= 0 then (place <= left_over)::int
          else -(n - place < -left_over)::int end`,
      };
    case "participation":
    case "shapley":
    case "markov":
      throw new Error(`${model} shares by groups`);
  }
}

function takesAll(isWinner: SQL): TouchShare {
  return { weight: sql`(${isWinner})::int`, minor: sql`(${isWinner})::int * minor` };
}

function groupLines(model: Model): SQL {
  const isShared = model === "shapley";
  return sql`
    select item_id, is_unattributed, key, true as is_credited,
      sum(${isShared ? sql`conversions / groups::float8` : sql`conversions`})::float8 as conversions,
      sum(sign * ${isShared ? sql`(minor / groups + (place <= minor % groups)::int)` : sql`minor`})::float8 as minor
    from (
      select *, row_number() over (share order by first_i) as place, count(*) over share as groups
      from (
        select item_id, sign, is_unattributed, key, conversions, minor, min(i) as first_i
        from touch group by 1, 2, 3, 4, 5, 6
      ) as item_group
      window share as (partition by item_id, sign)
    ) as placed
    group by 1, 2, 3`;
}
