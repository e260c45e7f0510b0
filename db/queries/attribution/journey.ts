import { sql, type SQL } from "drizzle-orm";

import type { CustomerKind, Grouping } from "#core/attribution/grouping.ts";
import { dayBounds } from "#db/queries/analytics/day-bounds.ts";
import { journeyContacts, previousConversions } from "./journey-contacts.ts";

/** Which journeys a question is about: everything that decides whether a touchpoint may earn credit of a conversion. */
export type JourneyQuestion = {
  siteId: number;
  /** Closed days of the site's zone. */
  from: string;
  to: string;
  /** Whole days, 1 to 90. */
  lookbackDays: number;
  direct: "keep" | "exclude_unless_only";
  /** Whether a journey begins anew after the person's previous conversion, of whatever type. */
  reset: boolean;
  /** Conversions of this type only; null: of all. */
  type: string | null;
  /** New: the person's first conversion. Null: both. */
  customer: CustomerKind | null;
  by: Grouping;
};

/**
 * The one query shape in which lookback, ties, direct and reset are decided (architecture.md, flow 1 step 5): CTEs for
 * the head of a statement, of which the models read two.
 *
 * `item (item_id, item_at, conversion_id, person_id, converted_at, currency, n, before_minor, after_minor)` is what is
 * to be shared out: each conversion of the range (`n` 1), and each refund of the range (`n` 0) as the difference that it
 * makes to its conversion, in the refund's own period with the conversion's journey (decisions 18). `person_id` is the
 * visitor where nobody was identified.
 *
 * `journey (item_id, i, n, age, at, rank, touchpoint_id, source_id, page_id, campaign_id, channel, key)` are the
 * eligible touchpoints of each item, number i of n in the order (time, rank, id), `age` before the conversion. Eligible
 * means `conversion − lookback ≤ touch ≤ conversion`, milliseconds, both ends included, of the same person
 * (`journeyContacts`), with `reset` after their previous conversion; a promo code only where it is a campaign's. `key`
 * is the group that earns: null for contacts that are in none. An item without a row is unattributed.
 */
export function journeys(question: JourneyQuestion): SQL {
  const { siteId, from, to, lookbackDays, direct, reset, customer, by } = question;
  const withPrevious = reset || customer !== null;
  return sql`
    ${dayBounds(siteId, from, to)},
    candidate as materialized (${sharedOut(question)}),
    ${journeyContacts({ siteId, lookbackDays })},
    ${withPrevious ? sql`${previousConversions(siteId)},` : sql.empty()}
    item as ${customer === null ? sql.empty() : sql`materialized`} (
      select c.item_id, c.item_at, c.conversion_id, coalesce(d.person_id, c.visitor_id) as person_id, c.converted_at,
        c.currency, c.n, c.before_minor, c.after_minor
      from candidate c
      left join identified d on d.item_id = c.item_id
      ${
        customer === null
          ? sql.empty()
          : sql`left join previous p on p.item_id = c.item_id
      where c.conversion_id is not null and (p.at is null) = ${customer === "new"}`
      }
    ),
    eligible as (
      select t.item_id, t.age, t.at, t.rank, t.touchpoint_id, t.source_id, t.page_id, d.campaign_id, d.channel,
        ${groupKey(by)} as key
        ${direct === "keep" ? sql.empty() : sql`, bool_or(d.channel <> 'direct') over (partition by t.item_id) as has_other`}
      from contact t
      join site.sources d on d.id = t.source_id
      ${customer === null ? sql.empty() : sql`join item i on i.item_id = t.item_id`}
      ${reset ? sql`left join previous p on p.item_id = t.item_id` : sql.empty()}
      where (t.rank = 0 or d.campaign_id is not null) ${reset ? sql`and (p.at is null or t.at > p.at)` : sql.empty()}
    ),
    journey as (
      select item_id, age, at, rank, touchpoint_id, source_id, page_id, campaign_id, channel, key,
        row_number() over (partition by item_id order by at, rank, touchpoint_id) as i,
        count(*) over (partition by item_id) as n
      from eligible
      ${direct === "keep" ? sql.empty() : sql`where channel <> 'direct' or not has_other`}
    )`;
}

/** Conversions of the range and refunds of the range, each once. A refund whose conversion is unknown has none. */
function sharedOut({ siteId, type }: JourneyQuestion): SQL {
  const ofType = type === null ? sql.empty() : sql`and c.type = ${type}`;
  return sql`
    select c.conversion_id as item_id, c.at as item_at, c.conversion_id, coalesce(c.visitor_id, c.conversion_id) as visitor_id,
      c.at as converted_at, c.currency::text as currency, 1 as n, 0::bigint as before_minor, c.value_minor as after_minor
    from bounds b join site.conversions c on c.site_id = ${siteId} and c.at >= b.lo and c.at < b.hi
    where not c.is_test ${ofType}
    union all
    select r.refund_id, r.at, c.conversion_id, coalesce(c.visitor_id, c.conversion_id), c.at, coalesce(r.currency, '')::text, 0,
      r.before_minor, r.after_minor
    from bounds b join site.refund_effects r on r.site_id = ${siteId} and r.at >= b.lo and r.at < b.hi
    left join site.conversions c on c.site_id = ${siteId} and c.conversion_id = r.conversion_id
    where not r.is_test ${ofType}`;
}

/** What a touchpoint `t` of source `d` is counted under; null where it says nothing of the kind. */
function groupKey(by: Grouping): SQL {
  switch (by) {
    case "campaign":
      return sql`d.campaign_id::text`;
    case "channel":
      return sql`d.channel`;
    case "source":
      return sql`coalesce(d.utm_source, d.click_id_kind, d.referrer_host, d.link_slug)`;
    case "creative":
      return sql`d.utm_content`;
    case "landing_page":
      return sql`t.page_id::text`;
  }
}
