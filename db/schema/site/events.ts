import { sql } from "drizzle-orm";
import { char, index, integer, jsonb, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";

import { halfHour, instant, minorUnits } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Every stored event, once per (site, event id). Range-partitioned by month on `event_id`, whose first 48 bits are its
 * time (decisions 1); the partitions are made by `site.ensure_event_partitions`.
 */
export const events = site.table(
  "events",
  {
    siteId: integer("site_id").notNull(),
    eventId: uuid("event_id").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instant("received_at").notNull(),
    visitorId: uuid("visitor_id"),
    valueMinor: minorUnits("value_minor"),
    /** `core/events/event-type`. */
    type: smallint("type").notNull(),
    /** `core/sources/opening`: whether the event opens a session or a touchpoint of its own. */
    opens: smallint("opens").notNull(),
    /** `core/events/event-flags`, a bit set. */
    flags: smallint("flags").notNull(),
    sourceId: integer("source_id"),
    pageId: integer("page_id"),
    agentId: integer("agent_id"),
    country: char("country", { length: 2 }),
    currency: char("currency", { length: 3 }),
    /** Conversion type, or the name of a custom event. */
    name: text("name"),
    orderId: text("order_id"),
    promoCode: text("promo_code"),
    /** Event id of the short-link click this landing carries (`wm_click`). */
    clickId: uuid("click_id"),
    props: jsonb("props"),
  },
  (t) => [
    primaryKey({ name: "events_pkey", columns: [t.siteId, t.eventId] }),
    index("events_visitor_idx").on(t.siteId, t.visitorId, halfHour(t.occurredAt)),
    index("events_order_idx")
      .on(t.siteId, t.orderId)
      .where(sql`${t.orderId} is not null`),
    index("events_occurred_idx").on(t.siteId, halfHour(t.occurredAt)),
  ],
);
