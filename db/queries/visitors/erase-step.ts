import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { lockOrders } from "#db/queries/ingest/lock-visitors.ts";
import { halfHour } from "#db/schema/columns.ts";
import { markedHours, raiseDataVersions } from "#db/queries/ingest/mark-stale.ts";
import { eraseOrders, mergeOrders, mergePromoCodes } from "./erase-orders.ts";
import { cleanDeadLetters } from "./clean-dead-letters.ts";
import { forgottenEvents } from "./forgotten-events.ts";

export type EraseStep = {
  siteId: number;
  visitorId: string;
  at: Date;
  /** Rows of each kind that one step takes at most. */
  limit: number;
};

/**
 * One bounded step of an erasure, one transaction: takes raw and derived rows of the visitor, counts the events in
 * `erased_hours`, leaves their ids as tombstones, marks hours and days. The visitor is locked as ingest locks it, so that
 * nothing is stored in between; when nothing is left the visitor's own row goes and the erasure is finished. A step may be
 * repeated at will. Answers whether it was the last.
 */
export async function eraseStep(db: Database, step: EraseStep): Promise<boolean> {
  const orders = await listOrders(db, step);
  const results = await db.batch([
    db.execute(lockErasure(step)),
    db.execute(lockOrders(orders)),
    db.execute(eraseOrders(step, orders)),
    db.execute(mergeOrders(orders)),
    db.execute(mergePromoCodes(orders)),
    db.execute(eraseEvents(step)),
    db.execute(eraseSessions(step)),
    db.execute(eraseTouchpoints(step)),
    db.execute(cleanDeadLetters(step)),
    db.execute<{ is_finished: boolean }>(finishErasure(step)),
  ]);
  return results[9].rows[0]?.is_finished ?? true;
}

/** Orders that the visitor has sent, as `lockOrders` takes them. */
async function listOrders(db: Database, { siteId, visitorId, limit }: EraseStep): Promise<string> {
  const { rows } = await db.execute<{ order_id: string }>(sql`
    select distinct order_id from (
      select order_id from site.events
      where site_id = ${siteId} and visitor_id = ${visitorId}::uuid and type = 4 and order_id is not null
      limit ${limit}
    ) as sent`);
  return JSON.stringify(rows.map(({ order_id: orderId }) => ({ s: siteId, oi: orderId })));
}

/** Waits for whoever is writing the visitor's events, and moves on until when nothing may come back. */
function lockErasure({ siteId, visitorId, at }: EraseStep): SQL {
  return sql`
    with locked as materialized (
      select 1 from site.visitors where site_id = ${siteId} and visitor_id = ${visitorId}::uuid for update
    )
    update site.erasures set erased_until = greatest(erased_until, ${at.toISOString()}::timestamptz)
    where site_id = ${siteId} and visitor_id = ${visitorId}::uuid and (select count(*) from locked) >= 0`;
}

/** Orders are taken by `eraseOrders`; everything else of the visitor's is here. */
function eraseEvents({ siteId, visitorId, limit }: EraseStep): SQL {
  return sql`
    with own as materialized (
      select site_id, event_id, type, order_id from site.events
      where site_id = ${siteId} and visitor_id = ${visitorId}::uuid and not (type = 4 and order_id is not null)
      order by ${halfHour(sql`occurred_at`)}, occurred_at
      limit ${limit}
    ),
    refunded as materialized (
      select r.site_id, r.refund_id, r.order_id, r.conversion_id, r.at
      from own o join site.refunds r on r.site_id = o.site_id and r.conversion_id = o.event_id
      where o.type = 4
      union
      select r.site_id, r.refund_id, r.order_id, r.conversion_id, r.at
      from own o join site.refunds r on r.site_id = o.site_id and r.refund_id = o.event_id
      where o.type = 6
    ),
    doomed as materialized (
      select site_id, event_id from own union select site_id, refund_id from refunded
    ),
    gone_conversion as (
      delete from site.conversions v using own o where v.site_id = o.site_id and v.conversion_id = o.event_id
      returning v.site_id, v.at
    ),
    gone_refund as (
      delete from site.refunds r using refunded d where r.site_id = d.site_id and r.refund_id = d.refund_id
    ),
    gone_code as (
      delete from site.touchpoints t using own o where t.site_id = o.site_id and t.event_id = o.event_id and t.rank = 1
    ),
    ${forgottenEvents()},
    moment as materialized (
      select site_id, at from forgotten
      union
      select site_id, at from gone_conversion
      union
      select site_id, at from refunded
      union
      -- What came after a refund of the same order takes another share now.
      select r.site_id, r.at from refunded d join site.refunds r on r.site_id = d.site_id and r.order_id = d.order_id
    ),
    credit_moment as (select * from moment),
    ${markedHours()}
    ${raiseDataVersions()}`;
}

function eraseSessions({ siteId, visitorId, limit }: EraseStep): SQL {
  return sql`
    with own as materialized (
      select session_id from site.sessions
      where site_id = ${siteId} and visitor_id = ${visitorId}::uuid
      limit ${limit}
    ),
    moment as (
      delete from site.sessions s using own o where s.site_id = ${siteId} and s.session_id = o.session_id
      returning s.site_id, s.started_at as at
    ),
    credit_moment as (select * from moment),
    ${markedHours()}
    ${raiseDataVersions()}`;
}

/** The days of what earned credit: journeys of others that they were part of are computed anew. */
function eraseTouchpoints({ siteId, visitorId, limit }: EraseStep): SQL {
  return sql`
    with own as materialized (
      select event_id, rank, source_id from site.touchpoints
      where site_id = ${siteId} and visitor_id = ${visitorId}::uuid
      limit ${limit}
    ),
    credit_moment as (
      delete from site.touchpoints t using own o
      where t.site_id = ${siteId} and t.event_id = o.event_id and t.rank = o.rank and t.source_id = o.source_id
      returning t.site_id, t.at
    )
    ${raiseDataVersions()}`;
}

/** When nothing is left, all that ties the id to anything goes too. Answers `is_finished`. */
function finishErasure({ siteId, visitorId, at }: EraseStep): SQL {
  const isTheirs = sql`site_id = ${siteId} and visitor_id = ${visitorId}::uuid`;
  return sql`
    with done as materialized (
      select not exists (select from site.events where ${isTheirs})
        and not exists (select from site.sessions where ${isTheirs})
        and not exists (select from site.touchpoints where ${isTheirs})
        and not exists (select from site.conversions where ${isTheirs}) as yes
    ),
    links as (delete from site.identity_links where ${isTheirs} and (select yes from done)),
    aliases as (
      delete from site.visitor_aliases
      where site_id = ${siteId} and ${visitorId}::uuid in (visitor_id, previous_visitor_id) and (select yes from done)
    ),
    visitor as (delete from site.visitors where ${isTheirs} and (select yes from done)),
    finished as (
      update site.erasures set finished_at = ${at.toISOString()}::timestamptz
      where ${isTheirs} and (select yes from done)
    )
    select yes as is_finished from done`;
}
