import { integer } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** A site whose zone has changed: its hours before this instant still stand as the old zone cut them. */
export const zoneRebuilds = site.table("zone_rebuilds", {
  siteId: integer("site_id").primaryKey(),
  before: instant("before").notNull(),
  /** Hours that began earlier are sealed and stay as they are. */
  floor: instant("floor").notNull(),
});
