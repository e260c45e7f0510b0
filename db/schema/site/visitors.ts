import { boolean, index, integer, primaryKey, uuid } from "drizzle-orm/pg-core";

import { halfHour, instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** One row a visitor: the row that ingest locks before it re-derives the visitor's sessions. */
export const visitors = site.table(
  "visitors",
  {
    siteId: integer("site_id").notNull(),
    visitorId: uuid("visitor_id").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    isBotLike: boolean("is_bot_like").notNull().default(false),
  },
  (t) => [
    primaryKey({ name: "visitors_pkey", columns: [t.siteId, t.visitorId] }),
    index("visitors_first_seen_idx").on(t.siteId, halfHour(t.firstSeenAt)),
  ],
);
