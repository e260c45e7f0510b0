import { sql, type SQL } from "drizzle-orm";

import { PRODUCT_STEPS, TTFV_BARS_MS, type ProductStep } from "#core/operations/product-steps.ts";
import type { Database } from "#db/database.ts";

/** How long users took from registering to a step, of those who got there; milliseconds. */
export type StepTimes = {
  n: number;
  meanMs: number;
  p50Ms: number;
  p75Ms: number;
  p90Ms: number;
  p95Ms: number;
};

export type CohortSteps = {
  /** The Monday of the UTC week in which these users registered; null: all weeks together. */
  startsOn: string | null;
  registered: number;
  steps: Record<ProductStep, StepTimes | null>;
};

const STEP_COLUMNS: Readonly<Record<ProductStep, SQL>> = {
  site: sql`m.first_site_at`,
  campaign: sql`m.first_campaign_at`,
  event: sql`m.first_event_at`,
  conversion: sql`m.first_attributed_conversion_at`,
  report: sql`m.first_report_delivered_at`,
};

type Row = {
  starts_on: string | null;
  step: ProductStep | "registered";
  n: number;
  mean: number;
  quantiles: number[];
};

/**
 * The steps of users who registered on these UTC days, week by week and together. A percentile is the least time within
 * which at least that share of them had got there: somebody's own time, never one between two.
 */
export async function readUserSteps(
  control: Database,
  { from, to }: { from: string; to: string },
): Promise<CohortSteps[]> {
  const steps = PRODUCT_STEPS.map((step) => sql`(${step}, ${STEP_COLUMNS[step]})`);
  const { rows } = await control.execute<Row>(sql`
    with reached as (
      select (date_trunc('week', m.registered_at at time zone 'UTC'))::date as week, s.step,
        greatest(extract(epoch from s.at - m.registered_at) * 1000, 0)::float8 as ms
      from control.user_metrics m
      cross join lateral (values ('registered', m.registered_at), ${sql.join(steps, sql`, `)}) as s (step, at)
      where ${registeredWithin(from, to)} and s.at is not null
    )
    select week::text as starts_on, step, count(*)::int as n, avg(ms) as mean,
      percentile_disc(array[0.5, 0.75, 0.9, 0.95]) within group (order by ms) as quantiles
    from reached
    group by grouping sets ((step), (week, step))
    order by week nulls first`);
  const cohorts = new Map<string | null, CohortSteps>();
  for (const row of rows) {
    const cohort = cohorts.get(row.starts_on) ?? emptyCohort(row.starts_on);
    cohorts.set(row.starts_on, cohort);
    if (row.step === "registered") cohort.registered = row.n;
    else cohort.steps[row.step] = timesOf(row);
  }
  return [...cohorts.values()];
}

function emptyCohort(startsOn: string | null): CohortSteps {
  const steps = { site: null, campaign: null, event: null, conversion: null, report: null };
  return { startsOn, registered: 0, steps };
}

function timesOf({ n, mean, quantiles }: Row): StepTimes {
  const [p50Ms = 0, p75Ms = 0, p90Ms = 0, p95Ms = 0] = quantiles;
  return { n, meanMs: mean, p50Ms, p75Ms, p90Ms, p95Ms };
}

/** How many times to first value lie in each bar: up to its end, the last one without an end. */
export async function countTtfvBars(
  control: Database,
  { from, to }: { from: string; to: string },
): Promise<number[]> {
  const ends = JSON.stringify(TTFV_BARS_MS);
  const { rows } = await control.execute<{ bar: number; n: number }>(sql`
    with time as (
      select greatest(extract(epoch from m.first_campaign_at - m.registered_at) * 1000, 0)::float8 as ms
      from control.user_metrics m
      where ${registeredWithin(from, to)} and m.first_campaign_at is not null
    )
    select (select count(*)::int from jsonb_array_elements(${ends}::jsonb) as e where e::float8 < ms) as bar,
      count(*)::int as n
    from time group by 1`);
  const counts = new Map(rows.map(({ bar, n }) => [bar, n]));
  return Array.from({ length: TTFV_BARS_MS.length + 1 }, (_, bar) => counts.get(bar) ?? 0);
}

function registeredWithin(from: string, to: string): SQL {
  return sql`m.registered_at >= ${from}::date at time zone 'UTC' and m.registered_at < (${to}::date + 1) at time zone 'UTC'`;
}
