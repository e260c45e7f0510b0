import { bigint, date, integer, primaryKey } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/** How many events of a site went with which month of ids: `stored = present + erased + expired` (decisions 7). */
export const expiredEvents = site.table(
  "expired_events",
  {
    siteId: integer("site_id").notNull(),
    month: date("month", { mode: "string" }).notNull(),
    events: bigint("events", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ name: "expired_events_pkey", columns: [t.siteId, t.month] })],
);
