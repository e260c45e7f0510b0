import { integer, primaryKey } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** How many stored events were erased, by the UTC hour they were received in: `stored = present + erased + expired`. */
export const erasedHours = site.table(
  "erased_hours",
  {
    siteId: integer("site_id").notNull(),
    hour: instant("hour").notNull(),
    events: integer("events").notNull(),
  },
  (t) => [primaryKey({ name: "erased_hours_pkey", columns: [t.siteId, t.hour] })],
);
