import { sql, type SQL } from "drizzle-orm";

import type { Grouping } from "#core/attribution/grouping.ts";
import type { SourceTuple } from "#core/sources/source-tuple.ts";
import type { Database } from "#db/database.ts";
import { groupKey } from "./group-key.ts";
import { journeyContacts } from "./journey-contacts.ts";
import { previousConversions } from "./previous-conversions.ts";
import { TOUCH_ORDER } from "./touch-order.ts";

/** A conversion, or a refund with the conversion that it is of. */
export type ItemFacts = {
  itemId: string;
  conversionId: string | null;
  convertedAtMs: number | null;
  type: string | null;
  orderId: string | null;
  beforeMinor: number;
  afterMinor: number;
  /** When the same person had converted before; null if never. */
  previousAtMs: number | null;
};

/** A contact before an item's conversion, whether it counts or not. */
export type ItemTouchpoint = {
  itemId: string;
  touchpointId: string;
  rank: number;
  atMs: number;
  /** The group it would earn for; null for none. */
  key: string | null;
  sourceId: number;
  channel: string;
  campaign: { id: string; name: string } | null;
  source: SourceTuple;
  page: string | null;
};

export type ItemTouchpointsQuestion = {
  siteId: number;
  /** Of conversions and refunds. */
  itemIds: readonly string[];
  /** How far back contacts are looked for, also where fewer days count. */
  lookbackDays: number;
  by: Grouping;
};

/** What the given conversions and refunds are, and all contacts of their persons in the days before, oldest first. */
export async function loadItemTouchpoints(
  db: Database,
  question: ItemTouchpointsQuestion,
): Promise<{ items: ItemFacts[]; touchpoints: ItemTouchpoint[] }> {
  const [items, touchpoints] = await db.batch([
    db.execute<ItemFacts>(itemFacts(question)),
    db.execute<ItemTouchpoint>(itemTouchpoints(question)),
  ]);
  return { items: items.rows, touchpoints: touchpoints.rows };
}

function itemFacts(question: ItemTouchpointsQuestion): SQL {
  return sql`
    with ${contactsOf(question)},
    ${previousConversions(question.siteId)}
    select c.item_id as "itemId", c.conversion_id as "conversionId",
      (extract(epoch from c.converted_at) * 1000)::float8 as "convertedAtMs", c.type, c.order_id as "orderId",
      c.before_minor::float8 as "beforeMinor", c.after_minor::float8 as "afterMinor",
      (extract(epoch from p.at) * 1000)::float8 as "previousAtMs"
    from candidate c
    left join previous p on p.item_id = c.item_id`;
}

/** The statement of the touchpoints, by itself for the tests of its plan. */
export function itemTouchpoints(question: ItemTouchpointsQuestion): SQL {
  return sql`
    with ${contactsOf(question)}
    select t.item_id as "itemId", t.touchpoint_id as "touchpointId", t.rank,
      (extract(epoch from t.at) * 1000)::float8 as "atMs", ${groupKey(question.by)}::text as key, t.source_id as "sourceId", d.channel,
      case when k.id is not null then json_build_object('id', k.public_id, 'name', k.name) end as campaign,
      ${sourceTuple} as source, g.host || g.path as page
    from contact t
    join site.sources d on d.id = t.source_id
    left join site.campaigns k on k.id = d.campaign_id
    left join site.pages g on g.id = t.page_id
    order by t.item_id, ${TOUCH_ORDER}`;
}

/** The tuple of a source `d`, as JSON. */
const sourceTuple: SQL = sql`
  json_build_object('utmSource', d.utm_source, 'utmMedium', d.utm_medium, 'utmCampaign', d.utm_campaign,
    'utmContent', d.utm_content, 'utmTerm', d.utm_term, 'clickIdKind', d.click_id_kind, 'referrerHost', d.referrer_host,
    'linkSlug', d.link_slug, 'promoCode', d.promo_code, 'namedCampaign', d.named_campaign,
    'namedChannel', d.named_channel)`;

/** CTEs `candidate` of the given conversions and refunds, then those of `journeyContacts`. */
export function contactsOf({ siteId, itemIds, lookbackDays }: Omit<ItemTouchpointsQuestion, "by">): SQL {
  const asked = sql`(select jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb)::uuid as id)`;
  return sql`
    asked as materialized ${asked},
    candidate as materialized (
      select c.conversion_id as item_id, c.conversion_id, coalesce(c.visitor_id, c.conversion_id) as visitor_id,
        c.at as converted_at, c.type, c.order_id, 0::bigint as before_minor, c.value_minor as after_minor
      from asked a
      join site.conversions c on c.site_id = ${siteId} and c.conversion_id = a.id
      union all
      select r.refund_id, c.conversion_id, coalesce(c.visitor_id, c.conversion_id), c.at, c.type, c.order_id, r.before_minor,
        r.after_minor
      from asked a
      join site.refund_effects r on r.site_id = ${siteId} and r.refund_id = a.id
      left join site.conversions c on c.site_id = ${siteId} and c.conversion_id = r.conversion_id
    ),
    ${journeyContacts({ siteId, lookbackDays })}`;
}
