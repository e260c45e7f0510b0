import { sql } from "drizzle-orm";
import { check, index, integer, smallint, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { reports } from "./reports.ts";
import { site } from "./site-schema.ts";

/** One recipient of one report: sent once, whatever is retried. */
export const reportDeliveries = site.table(
  "report_deliveries",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    reportId: integer("report_id")
      .notNull()
      .references(() => reports.id, { onDelete: "cascade" }),
    publicId: text("public_id").notNull(),
    recipient: text("recipient").notNull(),
    status: text("status", { enum: ["pending", "sent", "failed", "unknown"] }).notNull(),
    attempts: smallint("attempts").notNull().default(0),
    providerId: text("provider_id"),
    failure: text("failure"),
    createdAt: instant("created_at").notNull(),
    firstAttemptAt: instant("first_attempt_at"),
    sentAt: instant("sent_at"),
  },
  (t) => [
    unique("report_deliveries_public_id_key").on(t.publicId),
    unique("report_deliveries_recipient_key").on(t.reportId, t.recipient),
    index("report_deliveries_status_idx").on(t.status, t.createdAt),
    check("report_deliveries_status_check", sql`${t.status} in ('pending', 'sent', 'failed', 'unknown')`),
  ],
);
