import { char, index, integer, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** Events of bots, apart, for 30 days; the same key as `events`, partitioned alike (decisions 9). */
export const botEvents = site.table(
  "bot_events",
  {
    siteId: integer("site_id").notNull(),
    eventId: uuid("event_id").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instant("received_at").notNull(),
    type: smallint("type").notNull(),
    sourceId: integer("source_id"),
    pageId: integer("page_id"),
    agentId: integer("agent_id"),
    country: char("country", { length: 2 }),
    reason: text("reason").notNull(),
  },
  (t) => [
    primaryKey({ name: "bot_events_pkey", columns: [t.siteId, t.eventId] }),
    index("bot_events_occurred_idx").on(t.siteId, t.occurredAt),
  ],
);
