import { index, integer, primaryKey, smallint, uuid } from "drizzle-orm/pg-core";

import { halfHour, instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** A contact that may earn credit; channel and campaign are its source's (decisions 16). */
export const touchpoints = site.table(
  "touchpoints",
  {
    siteId: integer("site_id").notNull(),
    /** Id of the event that opened it; of the click, where a landing carries `wm_click`. */
    touchpointId: uuid("touchpoint_id").notNull(),
    /** 0 a session's entry or a contact of its own; 1 a promo code, which sorts after all else at its time. */
    rank: smallint("rank").notNull(),
    visitorId: uuid("visitor_id").notNull(),
    at: instant("at").notNull(),
    sourceId: integer("source_id").notNull(),
    pageId: integer("page_id"),
    /** The event it was derived from: the landing, where `touchpoint_id` is the click's. */
    eventId: uuid("event_id").notNull(),
    eventAt: instant("event_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "touchpoints_pkey", columns: [t.siteId, t.eventId, t.rank, t.sourceId] }),
    index("touchpoints_visitor_idx").on(t.siteId, t.visitorId, t.at),
    index("touchpoints_at_idx").on(t.siteId, halfHour(t.at)),
  ],
);
