import { sql, type SQL } from "drizzle-orm";

import { mergeCopies, usedPromoCodes } from "#db/queries/ingest/derive-conversions.ts";
import { markedHours, raiseDataVersions } from "#db/queries/ingest/mark-stale.ts";
import { forgottenEvents } from "./forgotten-events.ts";

/**
 * Takes away the visitor's orders, with the copies that servers sent and with their refunds: the money leaves the
 * figures. Of an order that another visitor sent as well only this one's copies go; `mergeOrders` merges the rest anew.
 */
export function eraseOrders(
  { siteId, visitorId }: { siteId: number; visitorId: string },
  orders: string,
): SQL {
  return sql`
    with ${orderCopies(orders)},
    shared as materialized (
      select distinct order_id from copy where visitor_id <> ${visitorId}::uuid
    ),
    refunded as materialized (
      select r.site_id, r.refund_id, r.order_id, r.at
      from (select distinct site_id, order_id from copy) c
      join site.refunds r on r.site_id = c.site_id and r.order_id = c.order_id
    ),
    doomed as materialized (
      select site_id, event_id from copy
      where visitor_id = ${visitorId}::uuid or order_id not in (select order_id from shared)
      union
      select site_id, refund_id from refunded where order_id not in (select order_id from shared)
    ),
    gone_conversion as (
      delete from site.conversions v using (select distinct site_id, order_id from copy) c
      where v.site_id = c.site_id and v.order_id = c.order_id
    ),
    gone_refund as (
      delete from site.refunds r using doomed d where r.site_id = d.site_id and r.refund_id = d.event_id
    ),
    gone_code as (
      delete from site.touchpoints t using copy c
      where t.site_id = c.site_id and t.event_id = c.event_id and t.rank = 1
    ),
    ${forgottenEvents()},
    moment as materialized (
      select site_id, occurred_at as at from copy
      union
      select site_id, at from refunded
      union
      select site_id, at from forgotten where site_id = ${siteId}
    ),
    credit_moment as (select * from moment),
    ${markedHours()}
    ${raiseDataVersions()}`;
}

/** Merges what is left of these orders (decisions 17). */
export function mergeOrders(orders: string): SQL {
  return sql`with ${orderCopies(orders)} ${mergeCopies()}`;
}

/** And the promo codes that were used with it. */
export function mergePromoCodes(orders: string): SQL {
  return sql`with ${orderCopies(orders)}, ${usedPromoCodes()}`;
}

function orderCopies(orders: string): SQL {
  return sql`
    copy as materialized (
      select 'order:' || e.order_id as okey, e.*
      from (select distinct s, oi from jsonb_to_recordset(${orders}::jsonb) as b (s int, oi text)) as b
      join site.events e on e.site_id = b.s and e.order_id = b.oi and e.type = 4
    )`;
}
