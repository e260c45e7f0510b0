import { sql } from "drizzle-orm";
import { check, date, doublePrecision, index, integer, text, unique } from "drizzle-orm/pg-core";

import { instant, minorUnits } from "#db/schema/columns.ts";
import { campaigns } from "./campaigns.ts";
import { site } from "./site-schema.ts";

/** How a campaign is paid for; what it cost by day is worked out from our own counts when it is read. */
export const deals = site.table(
  "deals",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    campaignId: integer("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    publicId: text("public_id").notNull(),
    kind: text("kind", { enum: ["fixed", "cpm", "cpc", "cpa", "revenue_share"] }).notNull(),
    startsOn: date("starts_on", { mode: "string" }).notNull(),
    /** Null: it runs on. */
    endsOn: date("ends_on", { mode: "string" }),
    /** The whole sum, or the price of a thousand impressions, of a click, of a conversion; null for a share. */
    amountMinor: minorUnits("amount_minor"),
    /** Of revenue, in per cent. */
    sharePercent: doublePrecision("share_percent"),
    currency: text("currency").notNull(),
    note: text("note"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    unique("deals_public_id_key").on(t.publicId),
    index("deals_site_idx").on(t.siteId, t.campaignId),
    check("deals_kind_check", sql`${t.kind} in ('fixed', 'cpm', 'cpc', 'cpa', 'revenue_share')`),
    check("deals_flight_check", sql`${t.endsOn} >= ${t.startsOn}`),
    check("deals_fixed_check", sql`${t.kind} <> 'fixed' or ${t.endsOn} is not null`),
    check(
      "deals_amount_check",
      sql`(${t.kind} = 'revenue_share') = (${t.amountMinor} is null)
      and ${t.amountMinor} between 0 and 9007199254740991`,
    ),
    check(
      "deals_share_check",
      sql`(${t.kind} = 'revenue_share') = (${t.sharePercent} is not null)
      and ${t.sharePercent} > 0 and ${t.sharePercent} <= 100`,
    ),
  ],
);
