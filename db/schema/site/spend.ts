import { sql } from "drizzle-orm";
import { check, date, index, integer, primaryKey, text } from "drizzle-orm/pg-core";

import { instant, minorUnits } from "#db/schema/columns.ts";
import { campaigns } from "./campaigns.ts";
import { site } from "./site-schema.ts";

/** What a campaign cost on a day; a re-import of the same day and source replaces it. */
export const spend = site.table(
  "spend",
  {
    siteId: integer("site_id").notNull(),
    campaignId: integer("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    /** The site's day. */
    day: date("day", { mode: "string" }).notNull(),
    source: text("source").notNull().default("manual"),
    amountMinor: minorUnits("amount_minor").notNull(),
    currency: text("currency").notNull(),
    note: text("note"),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "spend_pkey", columns: [t.siteId, t.campaignId, t.day, t.source] }),
    index("spend_day_idx").on(t.siteId, t.day),
    check("spend_amount_check", sql`${t.amountMinor} between 0 and 9007199254740991`),
  ],
);
