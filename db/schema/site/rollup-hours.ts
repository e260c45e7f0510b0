import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, text } from "drizzle-orm/pg-core";

import { instant, minorUnits } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Sums of one local hour, replaced whole, never added to. Keyed (scope, dimension, value): a scope is the site, one
 * campaign or one channel, so that one filter crosses every dimension (decisions 20). Counts stand in the rows with
 * currency '', money in one row a currency.
 */
export const rollupHours = site.table(
  "rollup_hours",
  {
    siteId: integer("site_id").notNull(),
    bucket: instant("bucket").notNull(),
    scope: text("scope", { enum: ["site", "campaign", "channel"] }).notNull(),
    /** Campaign id or channel code; '' for the site. */
    scopeKey: text("scope_key").notNull(),
    dimension: text("dimension").notNull(),
    value: text("value").notNull(),
    currency: text("currency").notNull(),
    impressions: integer("impressions").notNull(),
    clicks: integer("clicks").notNull(),
    pageviews: integer("pageviews").notNull(),
    sessions: integer("sessions").notNull(),
    visitors: integer("visitors").notNull(),
    conversions: integer("conversions").notNull(),
    revenueMinor: minorUnits("revenue_minor").notNull(),
    refundMinor: minorUnits("refund_minor").notNull(),
  },
  (t) => [
    primaryKey({
      name: "rollup_hours_pkey",
      columns: [t.siteId, t.scope, t.scopeKey, t.dimension, t.bucket, t.value, t.currency],
    }),
    index("rollup_hours_bucket_idx").on(t.siteId, t.bucket),
    check("rollup_hours_scope_check", sql`${t.scope} in ('site', 'campaign', 'channel')`),
  ],
);
