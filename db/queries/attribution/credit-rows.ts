import { sql, type SQL } from "drizzle-orm";

import { dayBounds } from "#db/queries/analytics/day-bounds.ts";
import { journeyContacts } from "./journey-contacts.ts";

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
 * The one query shape in which lookback, ties and the direct rule are decided (architecture.md, flow 1 step 5).
 *
 * `item` is what is to be shared out: each conversion of the range, and each refund of the range as the difference
 * that it makes to its conversion, in the refund's own period with the conversion's journey (decisions 18).
 * A touchpoint is eligible when `conversion − lookback ≤ touch ≤ conversion`, milliseconds, both ends included, in
 * the order (time, rank, id), and of the same person (`journeyContacts`); a promo code earns only where it is a campaign's. Money is split in whole minor units
 * with the remainder to the earlier touches, so that parts add up to the cent (decisions 24).
 */
export function creditRows(question: CreditQuestion): SQL {
  const { siteId, from, to, lookbackDays, direct } = question;
  return sql`
    with ${dayBounds(siteId, from, to)},
    item as materialized (
      select c.conversion_id as item_id, c.at as item_at, c.conversion_id, coalesce(c.visitor_id, c.conversion_id) as visitor_id,
        c.at as converted_at, c.currency::text as currency, 1 as n, 0::bigint as before_minor, c.value_minor as after_minor
      from bounds b join site.conversions c on c.site_id = ${siteId} and c.at >= b.lo and c.at < b.hi
      where not c.is_test
      union all
      select r.refund_id, r.at, r.conversion_id, coalesce(c.visitor_id, c.conversion_id), c.at, coalesce(r.currency, '')::text, 0,
        r.before_minor, r.after_minor
      from bounds b join site.refund_effects r on r.site_id = ${siteId} and r.at >= b.lo and r.at < b.hi
      left join site.conversions c on c.site_id = ${siteId} and c.conversion_id = r.conversion_id
      where not r.is_test
    ),
    ${journeyContacts({ siteId, lookbackDays })},
    eligible as (
      select t.item_id, t.at, t.rank, t.touchpoint_id, d.campaign_id, d.channel,
        bool_or(d.channel <> 'direct') over (partition by t.item_id) as has_other
      from contact t
      join site.sources d on d.id = t.source_id
      where t.rank = 0 or d.campaign_id is not null
    ),
    journey as (
      select item_id, campaign_id, channel,
        row_number() over (partition by item_id order by at, rank, touchpoint_id) as i,
        count(*) over (partition by item_id) as n
      from eligible
      where ${direct} = 'keep' or channel <> 'direct' or not has_other
    )
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
