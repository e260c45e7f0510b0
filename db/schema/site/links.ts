import { index, integer, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { campaigns } from "./campaigns.ts";
import { site } from "./site-schema.ts";

export const links = site.table(
  "links",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    publicId: text("public_id").notNull(),
    /** Taken in `control.link_slugs` first. */
    slug: text("slug").notNull(),
    /** Absolute http(s) url with its utm parameters. */
    destination: text("destination").notNull(),
    campaignId: integer("campaign_id").references(() => campaigns.id, { onDelete: "set null" }),
    note: text("note"),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    unique("links_public_id_key").on(t.publicId),
    unique("links_slug_key").on(t.slug),
    index("links_site_idx").on(t.siteId, t.campaignId),
  ],
);
