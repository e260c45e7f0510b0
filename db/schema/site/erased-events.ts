import { integer, primaryKey, uuid } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/** Ids of events that were erased, and nothing else of them: sent again, they are duplicates. */
export const erasedEvents = site.table(
  "erased_events",
  {
    siteId: integer("site_id").notNull(),
    eventId: uuid("event_id").notNull(),
  },
  (t) => [primaryKey({ name: "erased_events_pkey", columns: [t.siteId, t.eventId] })],
);
