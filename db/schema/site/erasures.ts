import { sql } from "drizzle-orm";
import { index, integer, primaryKey, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** Visitors to be forgotten, and until when: what they did before then is never stored again, whenever it comes. */
export const erasures = site.table(
  "erasures",
  {
    siteId: integer("site_id").notNull(),
    visitorId: uuid("visitor_id").notNull(),
    requestedAt: instant("requested_at").notNull(),
    /** Moves on with each step, so that at the end nothing of the visitor is left. */
    erasedUntil: instant("erased_until").notNull(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ name: "erasures_pkey", columns: [t.siteId, t.visitorId] }),
    index("erasures_waiting_idx")
      .on(t.requestedAt)
      .where(sql`${t.finishedAt} is null`),
  ],
);
