import { sql, type SQL } from "drizzle-orm";

import type { PositionShares } from "#core/attribution/options.ts";
import { journeys, type JourneyQuestion } from "./journey.ts";
import { positionMinor } from "./position-minor.ts";

export type RuleSumsQuestion = JourneyQuestion & { position: PositionShares; halfLifeDays: number };

/** Models that are summed journey by journey, in the order of their columns. */
const SUMMED = [
  "first",
  "last",
  "last_non_direct",
  "linear",
  "position",
  "time_decay",
  "participation",
  "shapley",
] as const;
export type SummedModel = (typeof SUMMED)[number];

/** A sum, and the sum of its squares person by person, of which the interval is made (decisions 26). */
export type SummedCredit = {
  conversions: number;
  conversionsSquared: number;
  revenueMinor: number;
  revenueSquared: number;
};

/** What one group earned under each model. `key` null: contacts in no group, or conversions without any contact. */
export type RuleSum = { isUnattributed: boolean; key: string | null } & Record<SummedModel, SummedCredit>;

const DAY_MS = 86_400_000;

/**
 * Credit of a range by group under all rule models and Shapley in its closed form, in one pass over its journeys.
 *
 * Money is split in whole minor units as `core/money/split-by-shares` does it (decisions 24): linear, Shapley and
 * position in closed form, as only two or three sizes of share occur in a journey; time decay by one more window. A
 * refund is what is left after it less what was left before (decisions 18), each split by itself: `part`.
 * Formulas of the shares: docs/attribution.md. A conversion without journey counts as a journey of one contact that is
 * nobody's. Sums of minor units are doubles, exact up to 2^53.
 */
export function ruleSums(question: RuleSumsQuestion): SQL {
  return sql`
    with ${journeys({ ...question, ofSiteCurrency: true })},
    part as (
      select item_id, person_id, n as conversions, 1 as sign, after_minor as minor from item
      where n > 0 or after_minor <> 0
      union all
      select item_id, person_id, 0, -1, before_minor from item where before_minor > 0
    ),
    ${decayWeights(question.halfLifeDays)},
    touch as (
      select p.person_id, p.item_id, p.sign, p.conversions, p.minor, j.item_id is null as is_unattributed, j.key,
        coalesce(j.i, 1) as i, coalesce(j.n, 1) as n, coalesce(j.last_other, j.n, 1) as last_other,
        coalesce(j.weight, 1) as weight
      from part p left join weighted j on j.item_id = p.item_id
    ),
    cut as (
      select *, floor(weight * minor)::bigint as decay_minor,
        floor((weight * minor - floor(weight * minor)) * 1e9 + 0.5)::bigint as decay_rest
      from touch
    ),
    ranked as (
      select *, row_number() over (share order by decay_rest desc, i) as decay_rank,
        minor - sum(decay_minor) over share as decay_left
      from cut
      window share as (partition by item_id, sign)
    ),
    ${perItem(question.position)},
    ${perPerson()}
    select is_unattributed, key, ${columns(
      (model) => sql`sum(${model}_n) as ${model}_n, sum(${model}_n * ${model}_n) as ${model}_n2,
      sum(${model}_minor) as ${model}_minor, sum(${model}_minor * ${model}_minor) as ${model}_minor2`,
    )}
    from per_person
    group by 1, 2
    order by 1, 2`;
}

/**
 * CTE `weighted`: journeys with the place of their last contact that is not direct, and each contact's share under time
 * decay: `2^(−age / half-life)` from the last contact on, over their sum.
 */
function decayWeights(halfLifeDays: number): SQL {
  return sql`
    aged as (
      select item_id, key, i, n, max(case when channel <> 'direct' then i end) over journey_of as last_other,
        round(date_part('epoch', at - max(at) over journey_of) * 1000) / ${halfLifeDays * DAY_MS}::float8 as half_lives
      from journey
      window journey_of as (partition by item_id)
    ),
    weighed as (
      -- Postgres refuses what is too small for a double.
      select item_id, key, i, n, last_other, case when half_lives < -1000 then 0 else power(2, half_lives) end as raw_weight
      from aged
    ),
    weighted as (
      select item_id, key, i, n, last_other, raw_weight / sum(raw_weight) over (partition by item_id) as weight
      from weighed
    )`;
}

/** CTE `per_item`: what each group earned of each part, with its place among the part's groups by first contact. */
function perItem(position: PositionShares): SQL {
  const { first, middle, last } = position;
  return sql`
    item_group as (
      select person_id, item_id, sign, is_unattributed, key, conversions, minor, min(i) as first_i,
        count(*) filter (where i = 1) as first_n,
        count(*) filter (where i = n) as last_n,
        count(*) filter (where i = last_other) as last_non_direct_n,
        count(*) / n::float8 as linear_n,
        sum(case when n = 1 then 1
          when n = 2 then case i when 1 then ${first}::float8 else ${last}::float8 end / ${first + last}::float8
          when i = 1 then ${first / 100}::float8 when i = n then ${last / 100}::float8
          else ${middle / 100}::float8 / (n - 2) end) as position_n,
        sum(weight) as time_decay_n,
        sum((minor / n + (i <= minor % n)::int)::float8) as linear_minor,
        sum((${positionMinor(position)})::float8) as position_minor,
        sum((decay_minor + case when decay_left >= 0 then (decay_rank <= decay_left)::int
          else -(n - decay_rank < -decay_left)::int end)::float8) as time_decay_minor
      from ranked
      group by person_id, item_id, sign, is_unattributed, key, conversions, minor, n
    ),
    per_item as (
      select *, row_number() over (share order by first_i) as place, count(*) over share as groups
      from item_group
      window share as (partition by item_id, sign)
    )`;
}

/** CTE `per_person`: the sums of each person and group. */
function perPerson(): SQL {
  const whole = (model: "first" | "last" | "last_non_direct") => sql`
    sum(${sql.raw(model)}_n * conversions)::float8 as ${sql.raw(model)}_n,
    sum((${sql.raw(model)}_n * sign * minor)::float8) as ${sql.raw(model)}_minor`;
  const shared = (model: "linear" | "position" | "time_decay") => sql`
    sum(${sql.raw(model)}_n * conversions) as ${sql.raw(model)}_n,
    sum(${sql.raw(model)}_minor * sign) as ${sql.raw(model)}_minor`;
  return sql`
    per_person as (
      select person_id, is_unattributed, key,
        ${whole("first")}, ${whole("last")}, ${whole("last_non_direct")},
        ${shared("linear")}, ${shared("position")}, ${shared("time_decay")},
        sum(conversions)::float8 as participation_n, sum((sign * minor)::float8) as participation_minor,
        sum(conversions / groups::float8) as shapley_n,
        sum((sign * (minor / groups + (place <= minor % groups)::int))::float8) as shapley_minor
      from per_item
      group by 1, 2, 3
    )`;
}

function columns(of: (model: SQL) => SQL): SQL {
  return sql.join(
    SUMMED.map((model) => of(sql.raw(model))),
    sql`, `,
  );
}

/** The rows of `ruleSums`. */
export function readRuleSums(rows: readonly Record<string, unknown>[]): RuleSum[] {
  return rows.map((row) => {
    const credits = SUMMED.map((model) => [
      model,
      {
        conversions: Number(row[`${model}_n`]),
        conversionsSquared: Number(row[`${model}_n2`]),
        revenueMinor: Number(row[`${model}_minor`]),
        revenueSquared: Number(row[`${model}_minor2`]),
      },
    ]);
    return {
      isUnattributed: row["is_unattributed"] === true,
      key: row["key"] as string | null,
      ...(Object.fromEntries(credits) as Record<SummedModel, SummedCredit>),
    };
  });
}
