import { sql } from "drizzle-orm";
import { check, index, integer, text, unique } from "drizzle-orm/pg-core";

import { campaigns } from "./campaigns.ts";
import { site } from "./site-schema.ts";

/** What makes a source belong to a campaign. A value belongs to one campaign of the site. */
export const campaignMatchers = site.table(
  "campaign_matchers",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    campaignId: integer("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    kind: text("kind", {
      enum: ["utm_campaign", "utm_pair", "click_id", "promo_code", "referrer"],
    }).notNull(),
    /** Case-folded and trimmed; a utm pair is `source / medium`. */
    value: text("value").notNull(),
  },
  (t) => [
    unique("campaign_matchers_value_key").on(t.siteId, t.kind, t.value),
    index("campaign_matchers_campaign_idx").on(t.campaignId),
    check(
      "campaign_matchers_kind_check",
      sql`${t.kind} in ('utm_campaign', 'utm_pair', 'click_id', 'promo_code', 'referrer')`,
    ),
  ],
);
