import { index, integer, primaryKey, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Which person a visitor is, from when on (decisions 15). `person_id` is the keyed hash of the customer key. One row an
 * identify event, so that a corrected time moves its link and an erased event takes it along.
 */
export const identityLinks = site.table(
  "identity_links",
  {
    siteId: integer("site_id").notNull(),
    visitorId: uuid("visitor_id").notNull(),
    personId: uuid("person_id").notNull(),
    since: instant("since").notNull(),
    eventId: uuid("event_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "identity_links_pkey", columns: [t.siteId, t.eventId] }),
    index("identity_links_person_idx").on(t.siteId, t.personId, t.visitorId),
    index("identity_links_visitor_idx").on(t.siteId, t.visitorId, t.since),
  ],
);
