import { integer, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";
import { siteDirectory } from "./site-directory.ts";

/** Slugs are global: one redirect host serves all sites. */
export const linkSlugs = control.table("link_slugs", {
  slug: text("slug").primaryKey(),
  siteId: integer("site_id")
    .notNull()
    .references(() => siteDirectory.siteId, { onDelete: "cascade" }),
  createdAt: instant("created_at").notNull(),
});
