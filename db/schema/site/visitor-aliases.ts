import { sql } from "drizzle-orm";
import { index, integer, primaryKey, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * The hash that a cookieless visitor had under yesterday's salt, as collect told it within 30 minutes of the rotation
 * (decisions 13). It continues a visit that runs over midnight and nothing else: where none did, the row goes after two
 * days, as the salts do.
 */
export const visitorAliases = site.table(
  "visitor_aliases",
  {
    siteId: integer("site_id").notNull(),
    visitorId: uuid("visitor_id").notNull(),
    previousVisitorId: uuid("previous_visitor_id").notNull(),
    /** Beginning of the stretch that holds events of both; null while there is none. */
    runningFrom: instant("running_from"),
    /** When the pair was received. */
    seenAt: instant("seen_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "visitor_aliases_pkey", columns: [t.siteId, t.visitorId] }),
    index("visitor_aliases_previous_idx").on(t.siteId, t.previousVisitorId),
    index("visitor_aliases_seen_idx")
      .on(t.seenAt)
      .where(sql`${t.runningFrom} is null`),
  ],
);
