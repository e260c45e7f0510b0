import { sql, type SQL } from "drizzle-orm";

import { journeys } from "./journey.ts";

/** One group's credit on one day in one currency, under each rule model at once. */
export type CreditRow = {
  day: string;
  currency: string;
  /** `unattributed`: no touchpoint was eligible. */
  isUnattributed: boolean;
  campaignId: number | null;
  channel: string | null;
  firstConversions: number;
  firstRevenueMinor: number;
  lastConversions: number;
  lastRevenueMinor: number;
  linearConversions: number;
  linearRevenueMinor: number;
};

export type CreditQuestion = {
  siteId: number;
  /** Closed days of the site's zone. */
  from: string;
  to: string;
  lookbackDays: number;
  direct: "keep" | "exclude_unless_only";
};

type RawCreditRow = {
  day: string;
  currency: string;
  is_unattributed: boolean;
  campaign_id: number | null;
  channel: string | null;
  first_n: number;
  first_minor: string;
  last_n: number;
  last_minor: string;
  linear_n: number;
  linear_minor: string;
};

/**
 * Credit of each day under the rule models that every screen shows. Money is split in whole minor units with the
 * remainder to the earlier touches, so that parts add up to the cent (decisions 24).
 */
export function creditRows({ siteId, from, to, lookbackDays, direct }: CreditQuestion): SQL {
  const journey = {
    siteId,
    from,
    to,
    lookbackDays,
    direct,
    reset: false,
    type: null,
    customer: null,
  } as const;
  return sql`
    with ${journeys({ ...journey, by: "campaign" })}
    select (i.item_at at time zone b.time_zone)::date::text as day, i.currency, j.item_id is null as is_unattributed,
      j.campaign_id, j.channel,
      sum(case when j.i is null or j.i = 1 then i.n else 0 end)::int as first_n,
      sum(case when j.i is null or j.i = 1 then i.after_minor - i.before_minor else 0 end) as first_minor,
      sum(case when j.i is null or j.i = j.n then i.n else 0 end)::int as last_n,
      sum(case when j.i is null or j.i = j.n then i.after_minor - i.before_minor else 0 end) as last_minor,
      sum(i.n / coalesce(j.n, 1)::float8) as linear_n,
      sum(case when j.i is null then i.after_minor - i.before_minor
        else i.after_minor / j.n + (j.i <= i.after_minor % j.n)::int
           - i.before_minor / j.n - (j.i <= i.before_minor % j.n)::int end) as linear_minor
    from item i cross join bounds b left join journey j on j.item_id = i.item_id
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5`;
}

/** The rows of `creditRows` as numbers. One amount is at most 2^53 − 1 (decisions 25); a sum beyond it loses its last digits. */
export function readCreditRows(rows: readonly Record<string, unknown>[]): CreditRow[] {
  return (rows as RawCreditRow[]).map((row) => ({
    day: row.day,
    currency: row.currency,
    isUnattributed: row.is_unattributed,
    campaignId: row.campaign_id,
    channel: row.channel,
    firstConversions: row.first_n,
    firstRevenueMinor: Number(row.first_minor),
    lastConversions: row.last_n,
    lastRevenueMinor: Number(row.last_minor),
    linearConversions: row.linear_n,
    linearRevenueMinor: Number(row.linear_minor),
  }));
}
