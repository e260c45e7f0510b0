import { sql, type SQL } from "drizzle-orm";

import type { CustomerKind, Grouping } from "#core/attribution/grouping.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import { dayBounds } from "#db/queries/analytics/day-bounds.ts";
import { journeyContacts } from "./journey-contacts.ts";
import { groupKey, groupNumbers } from "./group-key.ts";
import { lastContacts } from "./null-journeys.ts";
import { previousConversions } from "./previous-conversions.ts";
import { settledItems } from "./settled-items.ts";
import { TOUCH_ORDER } from "./touch-order.ts";

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
  /** What converts the money of the range's days; without it each item keeps its own currency. */
  factors?: readonly DayFactor[];
  /** Money of the currency below only, converted or from the start: what has no rate counts, but has no money. */
  inOneCurrency?: boolean;
  /** That money is told in; absent: the site's. */
  currency?: string | undefined;
  /** Journeys that have not converted as well (decisions 19): items of no value whose `is_null` is true. */
  nullJourneys?: boolean;
  /** Only some of the conversions and refunds, by their ids: part `at` of `of`, a power of two up to 256. */
  part?: ItemPart;
  /** Each touch's group as a number `g` as well: `group_number (group_key, g)` says which; 1 is in none. */
  numbered?: boolean;
};

/** The same id is in the same part for good; part `at` of 4 lies whole in part `at % 2` of 2. */
export type ItemPart = { of: number; at: number };

/**
 * The one query shape in which lookback, ties, direct and reset are decided (architecture.md, flow 1 step 5): CTEs for
 * the head of a statement, of which the models read two.
 *
 * `item (item_id, item_at, conversion_id, person_id, converted_at, currency, n, before_minor, after_minor, is_null, paid_in,
 * paid_before, paid_after, is_foreign)` is what is to be shared out: each conversion of the range (`n` 1), and each refund of the range (`n` 0) as the difference
 * that it makes to its conversion, in the refund's own period with the conversion's journey (decisions 18). `person_id`
 * is the visitor where nobody was identified. A null journey's item has its last touch in the conversion's place.
 * `paid_in` is the currency that an item came in, with the amounts in it: with `factors` it is told in the site's wherever
 * there is a rate. With `inOneCurrency` an order or refund without a rate is `is_foreign`: its amounts are 0, as nothing is
 * guessed, and it is counted all the same.
 *
 * `journey (item_id, i, n, last_at, age, at, rank, touchpoint_id, source_id, page_id, campaign_id, channel, key,
 * group_key)` are the eligible touchpoints of each item, number i of n in the order of `TOUCH_ORDER`, `age` before the
 * conversion. Eligible
 * means `conversion − lookback ≤ touch ≤ conversion`, milliseconds, both ends included, of the same person
 * (`journeyContacts`), with `reset` after their previous conversion; a promo code only where it is a campaign's. `key`
 * is the group that earns: null for contacts that are in none; `group_key` is the same, in a type that is quick to sort. An
 * item without a row is unattributed.
 */
export function journeys(question: JourneyQuestion): SQL {
  const { siteId, from, to, lookbackDays, direct, reset, nullJourneys = false, numbered = false } = question;
  const withPrevious = reset || nullJourneys || question.customer !== null;
  return sql`
    ${dayBounds(siteId, from, to)},
    ${sharedOut(question)},
    candidate as materialized (select * from shared_out ${only(nullJourneys, sql`union all ${lastContacts(siteId)}`)}),
    ${journeyContacts({ siteId, lookbackDays, nullJourneys })},
    ${only(withPrevious, sql`${previousConversions(siteId)},`)}
    ${only(numbered, sql`${groupNumbers(siteId, question.by)},`)}
    item as ${only(withPrevious, sql`materialized`)} (${items(question)}),
    eligible as (${eligibleContacts(question)}),
    journey as (
      select item_id, age, at, rank, touchpoint_id, source_id, page_id, campaign_id, channel, key, group_key,
        ${only(numbered, sql`g,`)}
        row_number() over (partition by item_id order by ${TOUCH_ORDER}) as i,
        count(*) over (partition by item_id) as n, max(at) over (partition by item_id) as last_at
      from eligible
      ${only(direct !== "keep", sql`where channel <> 'direct' or not has_other`)}
    )`;
}

/** A part of a statement that not every question needs. */
function only(isNeeded: boolean, part: SQL): SQL {
  return isNeeded ? part : sql.empty();
}

/** Candidates of the customers asked for, and of null journeys those that are some. */
function items({ customer, nullJourneys = false }: JourneyQuestion): SQL {
  const isOfCustomer = sql`(c.conversion_id is not null or c.is_null) and (p.at is null) = ${customer === "new"}`;
  return sql`
    select c.item_id, c.item_at, c.conversion_id, coalesce(d.person_id, c.visitor_id) as person_id, c.converted_at,
      c.currency, c.n, c.before_minor, c.after_minor, c.is_null, c.paid_in, c.paid_before, c.paid_after, c.is_foreign
    from candidate c
    left join identified d on d.item_id = c.item_id
    ${only(customer !== null, sql`left join previous p on p.item_id = c.item_id`)}
    where true ${only(customer !== null, sql`and ${isOfCustomer}`)}
      ${only(nullJourneys, sql`and (not c.is_null or c.item_id in (select item_id from null_item))`)}`;
}

/** The contacts that may earn, each with its group. */
function eligibleContacts(question: JourneyQuestion): SQL {
  const { siteId, direct, reset, customer, nullJourneys = false, numbered = false, by } = question;
  const hasOther = sql`, bool_or(d.channel <> 'direct') over (partition by t.item_id) as has_other`;
  // A null journey begins after the last conversion in any case: that is what makes it one.
  const isAfter = reset
    ? sql`p.at is null or t.at > p.at`
    : sql`p.at is null or t.at > p.at or not p.is_null`;
  const begins = reset || nullJourneys;
  return sql`
    select t.item_id, t.age, t.at, t.rank, t.touchpoint_id, t.source_id, t.page_id, d.campaign_id, d.channel,
      ${groupKey(by)}::text as key, ${groupKey(by)} as group_key
      ${only(direct !== "keep", hasOther)} ${only(numbered, sql`, coalesce(m.g, 1) as g`)}
    from contact t
    join site.sources d on d.site_id = ${siteId} and d.id = t.source_id
    ${only(numbered, sql`left join group_number m on m.group_key = ${groupKey(by)}`)}
    ${only(customer !== null, sql`join item i on i.item_id = t.item_id`)}
    ${only(begins, sql`left join previous p on p.item_id = t.item_id`)}
    where (t.rank = 0 or d.campaign_id is not null) ${only(begins, sql`and (${isAfter})`)}`;
}

/**
 * CTE `shared_out`: conversions of the range and refunds of the range, each once. A refund whose conversion is unknown has
 * none. Where money is converted, all types are read: the total of a day is that of all of them.
 */
function sharedOut(question: JourneyQuestion): SQL {
  const { siteId, type, factors = [], part } = question;
  const ofType = only(type !== null, sql`and s.type = ${type}`);
  const ofPart = part
    ? sql`and get_byte(uuid_send(s.item_id), 15) % ${part.of}::int = ${part.at}::int`
    : sql.empty();
  const shared = (items: SQL) => sql`
    shared_out as (select ${itemColumns(question)} from (${items}) as s where true ${ofType} ${ofPart})`;
  if (factors.length === 0) {
    return shared(sql`
      select *, currency as paid_in, before_minor as paid_before, after_minor as paid_after
      from (${paidItems(siteId)}) as p`);
  }
  return sql`
    paid as materialized (${paidItems(siteId)}),
    ${settledItems(factors)},
    ${shared(sql`
      select p.item_id, p.item_at, p.conversion_id, p.visitor_id, p.converted_at, p.n, p.is_null, p.type,
        case when m.item_id is null then p.currency else ${homeOf(question)} end as currency,
        coalesce(m.before_minor, p.before_minor) as before_minor, coalesce(m.after_minor, p.after_minor) as after_minor,
        p.currency as paid_in, p.before_minor as paid_before, p.after_minor as paid_after
      from paid p
      left join settled m on m.item_id = p.item_id`)}`;
}

function homeOf({ siteId, currency }: JourneyQuestion): SQL {
  return homeCurrency(siteId, currency);
}

/** The currency that money is told in. */
export function homeCurrency(siteId: number, currency: string | undefined): SQL {
  return currency === undefined
    ? sql`(select currency::text from site.sites where id = ${siteId})`
    : sql`${currency}::text`;
}

/** What is counted needs no rate; what is money without one is not there. A refund of nothing is neither. */
function itemColumns(question: JourneyQuestion): SQL {
  const { inOneCurrency = false } = question;
  const isForeign = inOneCurrency ? sql`s.currency <> ${homeOf(question)}` : sql`false`;
  const told = (amount: SQL) =>
    inOneCurrency ? sql`case when ${isForeign} then 0 else ${amount} end` : amount;
  return sql`
    s.item_id, s.item_at, s.conversion_id, s.visitor_id, s.converted_at, s.currency, s.n,
    ${told(sql`s.before_minor`)} as before_minor, ${told(sql`s.after_minor`)} as after_minor, s.is_null, s.paid_in,
    s.paid_before, s.paid_after, ${isForeign} and (s.n = 1 or s.paid_before <> s.paid_after) as is_foreign`;
}

function paidItems(siteId: number): SQL {
  return sql`
    select c.conversion_id as item_id, c.at as item_at, c.conversion_id, coalesce(c.visitor_id, c.conversion_id) as visitor_id,
      c.at as converted_at, c.currency::text as currency, 1 as n, 0::bigint as before_minor, c.value_minor as after_minor,
      false as is_null, c.type
    from bounds b join site.conversions c on c.site_id = ${siteId} and c.at >= b.lo and c.at < b.hi
    where not c.is_test
    union all
    select r.refund_id, r.at, c.conversion_id, coalesce(c.visitor_id, c.conversion_id), c.at, coalesce(r.currency, '')::text, 0,
      r.before_minor, r.after_minor, false, c.type
    from bounds b join site.refund_effects r on r.site_id = ${siteId} and r.at >= b.lo and r.at < b.hi
    left join lateral (
      select * from site.conversions c where c.site_id = ${siteId} and c.conversion_id = r.conversion_id
      offset 0
    ) as c on true
    where not r.is_test`;
}
