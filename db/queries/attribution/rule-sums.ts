import { sql, type SQL } from "drizzle-orm";

import { SUMMED_MODELS, type SummedModel } from "#core/attribution/models.ts";
import type { PositionShares } from "#core/attribution/options.ts";
import { journeys, type JourneyQuestion } from "./journey.ts";
import { positionMinor } from "./position-minor.ts";

export type RuleSumsQuestion = JourneyQuestion & { position: PositionShares; halfLifeDays: number };

/** A sum, and the sum of its squares person by person, of which the interval is made (decisions 26). */
export type SummedCredit = {
  conversions: number;
  conversionsSquared: number;
  revenueMinor: number;
  revenueSquared: number;
  /** Whether it holds orders or refunds without a rate: they are counted, and no money is known of them. */
  isRevenueForeign: boolean;
};

/**
 * What one group earned under each model. `key` null: contacts in no group, conversions without any contact, or all
 * groups but the 500 largest together.
 */
export type RuleSum = { isUnattributed: boolean; isOther: boolean; key: string | null } & Record<
  SummedModel,
  SummedCredit
>;

const MOST_GROUPS = 500;

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
    with ${journeys({ ...question, inOneCurrency: true })},
    ${sharedTouches(question.halfLifeDays)},
    ${perItem(question.position)},
    ${perPerson()},
    ${largestGroups()}
    select is_unattributed, is_other, case when not is_other then key end as key, ${columns(
      (model) => sql`sum(${model}_n) as ${model}_n, sum(${model}_minor) as ${model}_minor,
        sum(${model}_n2) as ${model}_n2, sum(${model}_minor2) as ${model}_minor2`,
    )}, bit_or(foreign_models) as foreign_models
    from ordered
    group by is_unattributed, is_other, case when not is_other then key end
    order by 1, 2, 3`;
}

/**
 * CTEs up to `ranked`: every touch with its part of what is shared out, its share under time decay, the whole minor units
 * of that, and its place among the part's remainders. `person_id` only where the person has several parts in the range.
 */
function sharedTouches(halfLifeDays: number): SQL {
  return sql`
    part as (
      select item_id, case when before_minor > 0 or count(*) over (partition by person_id) > 1 then person_id end as person_id, n as conversions,
        1 as sign, after_minor as minor, is_foreign
      from item
      union all
      select item_id, person_id, 0, -1, before_minor, is_foreign from item where before_minor > 0
    ),
    weighed as (
      select item_id, group_key, i, n, channel <> 'direct' as is_other,
        ${decayWeight(halfLifeDays)} as raw_weight
      from journey
    ),
    weighted as (
      select item_id, group_key, i, n, is_other, raw_weight / sum(raw_weight) over (partition by item_id) as weight
      from weighed
    ),
    touch as (
      select p.person_id, p.item_id, p.sign, p.conversions, p.minor, p.is_foreign, j.item_id is null as is_unattributed, j.group_key,
        coalesce(j.i, 1) as i, coalesce(j.n, 1) as n, j.is_other, coalesce(j.weight, 1) as weight,
        floor(coalesce(j.weight, 1) * p.minor)::bigint as decay_minor
      from part p left join weighted j on j.item_id = p.item_id
    ),
    rested as (
      select *, floor((weight * minor - decay_minor) * 1e9 + 0.5) as decay_rest from touch
    ),
    ranked as (
      select *, row_number() over (share order by decay_rest desc, i) as decay_rank,
        minor - sum(decay_minor::float8) over share as decay_left
      from rested
      window share as (partition by item_id, sign)
    )`;
}

/**
 * The weight of a touch under time decay, `2^(−age / half-life)`, from the journey's last contact on. Postgres refuses
 * what is too small for a double, also when it is squared; 2^−400 is nothing beside the 1 of the last contact.
 */
function decayWeight(halfLifeDays: number): SQL {
  const halfLives = sql`round(date_part('epoch', at - last_at) * 1000) / ${halfLifeDays * DAY_MS}::float8`;
  return sql`power(2, greatest(${halfLives}, -400))`;
}

/**
 * CTE `per_item`: what each group earned of each part, with its place among the part's groups by first contact, and
 * whether the last contact that is not direct is the group's: of a journey of direct contacts only, the last one.
 */
function perItem({ first, middle, last }: PositionShares): SQL {
  const ends = first + last;
  const share = (percent: number, of: number) => sql`${percent / of}::float8`;
  return sql`
    item_group as (
      select item_id, sign, group_key, person_id, is_unattributed, conversions, minor, n, min(i) as first_i,
        max(i) as last_i, max(i) filter (where is_other) as last_other_i, bool_or(is_foreign) as is_foreign,
        count(*) / n::float8 as linear_n,
        sum(case when n = 1 then 1
          when n = 2 then case i when 1 then ${share(first, ends)} else ${share(last, ends)} end
          when i = 1 then ${share(first, 100)} when i = n then ${share(last, 100)}
          else ${share(middle, 100)} / (n - 2) end) as position_n,
        -- In order: the rows are, part by part, and so they are neither hashed nor sorted once more.
        sum(weight order by i) as time_decay_n,
        sum((minor / n + (i <= minor % n)::int)::float8) as linear_minor,
        sum((${positionMinor({ first, middle, last })})::float8) as position_minor,
        sum((decay_minor + case when decay_left >= 0 then (decay_rank <= decay_left)::int
          else -(n - decay_rank < -decay_left)::int end)::float8) as time_decay_minor
      from ranked
      group by item_id, sign, group_key, person_id, is_unattributed, conversions, minor, n
    ),
    placed as (
      select *, row_number() over (share order by first_i) as place, count(*) over share as groups,
        coalesce(max(last_other_i) over share, n) as last_other
      from item_group
      window share as (partition by item_id, sign)
    ),
    per_item as (
      select person_id, is_unattributed, group_key, conversions,
        case when first_i = 1 then conversions else 0 end::float8 as first_n,
        case when first_i = 1 then sign * minor else 0 end::float8 as first_minor,
        case when last_i = n then conversions else 0 end::float8 as last_n,
        case when last_i = n then sign * minor else 0 end::float8 as last_minor,
        case when coalesce(last_other_i, last_i) = last_other then conversions else 0 end::float8 as last_non_direct_n,
        case when coalesce(last_other_i, last_i) = last_other then sign * minor else 0 end::float8 as last_non_direct_minor,
        linear_n * conversions as linear_n, linear_minor * sign as linear_minor,
        position_n * conversions as position_n, position_minor * sign as position_minor,
        time_decay_n * conversions as time_decay_n, time_decay_minor * sign as time_decay_minor,
        conversions::float8 as participation_n, (sign * minor)::float8 as participation_minor,
        conversions / groups::float8 as shapley_n,
        case when is_foreign then ${foreignModels()} else 0 end as foreign_models,
        (sign * (minor / groups + (place <= minor % groups)::int))::float8 as shapley_minor
      from placed
    )`;
}

/** The models, as bits in their order, under which the group has a share of the item. */
function foreignModels(): SQL {
  const shares: Readonly<Record<SummedModel, SQL>> = {
    first: sql`first_i = 1`,
    last: sql`last_i = n`,
    last_non_direct: sql`coalesce(last_other_i, last_i) = last_other`,
    linear: sql`true`,
    position: sql`position_n > 0`,
    time_decay: sql`true`,
    participation: sql`true`,
    shapley: sql`true`,
  };
  return sql.join(
    SUMMED_MODELS.map((model, bit) => sql`(${shares[model]})::int * ${sql.raw(String(2 ** bit))}`),
    sql` + `,
  );
}

/**
 * CTE `per_person`: sums of each group and person who has several parts in the range; of all others together, who are
 * most, with the sums of squares: their part is their sum.
 */
function perPerson(): SQL {
  return sql`
    per_person as (
      select is_unattributed, group_key, person_id, ${columns(
        (model) => sql`sum(${model}_n) as ${model}_n, sum(${model}_minor) as ${model}_minor,
          sum(${model}_n * ${model}_n) as ${model}_n2, sum(${model}_minor * ${model}_minor) as ${model}_minor2`,
      )}, bit_or(foreign_models) as foreign_models
      from per_item
      group by is_unattributed, group_key, person_id
    )`;
}

/** CTE `ordered`: the sums of each group, and whether it is one of the rest. */
function largestGroups(): SQL {
  return sql`
    by_group as (
      select is_unattributed, group_key::text as key, ${columns(
        (model) => sql`sum(${model}_n) as ${model}_n, sum(${model}_minor) as ${model}_minor,
          sum(case when person_id is null then ${model}_n2 else ${model}_n * ${model}_n end) as ${model}_n2,
          sum(case when person_id is null then ${model}_minor2 else ${model}_minor * ${model}_minor end) as ${model}_minor2`,
      )}, bit_or(foreign_models) as foreign_models
      from per_person
      group by is_unattributed, group_key
    ),
    ordered as (
      select *, row_number() over (
        order by key is null desc, linear_minor desc, linear_n desc, key) > ${MOST_GROUPS} + (count(*) filter (where key is null) over ()) as is_other
      from by_group
    )`;
}

function columns(of: (model: SQL) => SQL): SQL {
  return sql.join(
    SUMMED_MODELS.map((model) => of(sql.raw(model))),
    sql`, `,
  );
}

/** The rows of `ruleSums`. */
export function readRuleSums(rows: readonly Record<string, unknown>[]): RuleSum[] {
  return rows.map((row) => {
    const foreignModels = Number(row["foreign_models"]);
    const credits = SUMMED_MODELS.map((model, bit) => [
      model,
      {
        conversions: Number(row[`${model}_n`]),
        conversionsSquared: Number(row[`${model}_n2`]),
        revenueMinor: Number(row[`${model}_minor`]),
        revenueSquared: Number(row[`${model}_minor2`]),
        isRevenueForeign: (foreignModels & (2 ** bit)) !== 0,
      },
    ]);
    return {
      isUnattributed: row["is_unattributed"] === true,
      isOther: row["is_other"] === true,
      key: row["key"] as string | null,
      ...(Object.fromEntries(credits) as Record<SummedModel, SummedCredit>),
    };
  });
}
