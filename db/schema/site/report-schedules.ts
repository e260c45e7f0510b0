import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, smallint, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** When a report is made by itself. */
export const reportSchedules = site.table(
  "report_schedules",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    campaignId: integer("campaign_id"),
    publicId: text("public_id").notNull(),
    cadence: text("cadence", { enum: ["daily", "weekly", "monthly", "quarterly"] }).notNull(),
    hour: smallint("hour").notNull(),
    timeZone: text("time_zone").notNull(),
    options: jsonb("options").notNull(),
    nextAt: instant("next_at"),
    pausedAt: instant("paused_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    unique("report_schedules_public_id_key").on(t.publicId),
    index("report_schedules_next_idx").on(t.nextAt),
    check("report_schedules_hour_check", sql`${t.hour} between 0 and 23`),
  ],
);
