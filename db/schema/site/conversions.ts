import { sql } from "drizzle-orm";
import { boolean, char, index, integer, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { instant, minorUnits } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** One a (site, order id), merged from all its copies; else one an event (decisions 17). Derived, never edited. */
export const conversions = site.table(
  "conversions",
  {
    siteId: integer("site_id").notNull(),
    /** Id of the least copy by (occurredAt, eventId). */
    conversionId: uuid("conversion_id").notNull(),
    visitorId: uuid("visitor_id"),
    at: instant("at").notNull(),
    type: text("type").notNull(),
    valueMinor: minorUnits("value_minor").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    orderId: text("order_id"),
    promoCodes: text("promo_codes").array().notNull(),
    isTest: boolean("is_test").notNull(),
    sourceId: integer("source_id"),
    pageId: integer("page_id"),
    agentId: integer("agent_id"),
    country: char("country", { length: 2 }),
    copies: integer("copies").notNull(),
  },
  (t) => [
    primaryKey({ name: "conversions_pkey", columns: [t.siteId, t.conversionId] }),
    uniqueIndex("conversions_order_key")
      .on(t.siteId, t.orderId)
      .where(sql`${t.orderId} is not null`),
    index("conversions_at_idx").on(t.siteId, t.at),
    index("conversions_visitor_idx").on(t.siteId, t.visitorId, t.at),
  ],
);
