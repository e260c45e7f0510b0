import { index, integer } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";
import { users } from "./users.ts";

/** The first time a user reached each step: TTFV is first_campaign_at − registered_at (product.md §11). */
export const userMetrics = control.table(
  "user_metrics",
  {
    userId: integer("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The account that was opened by registering: its sites' events and conversions are the user's. */
    accountId: integer("account_id").notNull(),
    registeredAt: instant("registered_at").notNull(),
    firstSiteAt: instant("first_site_at"),
    firstCampaignAt: instant("first_campaign_at"),
    firstEventAt: instant("first_event_at"),
    firstAttributedConversionAt: instant("first_attributed_conversion_at"),
    firstReportDeliveredAt: instant("first_report_delivered_at"),
  },
  (t) => [index("user_metrics_registered_idx").on(t.registeredAt)],
);
