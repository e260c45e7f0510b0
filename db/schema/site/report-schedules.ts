import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, smallint, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** When a report is made by itself, and what it is then. Its recipients stand beside it. */
export const reportSchedules = site.table(
  "report_schedules",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    accountId: integer("account_id").notNull(),
    /** Null: of all sites of the account. */
    siteId: integer("site_id"),
    /** Empty: all campaigns. */
    campaignIds: integer("campaign_ids")
      .array()
      .notNull()
      .default(sql`'{}'`),
    publicId: text("public_id").notNull(),
    name: text("name").notNull(),
    kind: text("kind").notNull(),
    cadence: text("cadence", { enum: ["daily", "weekly", "monthly", "quarterly"] }).notNull(),
    /** Weekly: 1 is Monday, 7 Sunday. */
    weekday: smallint("weekday"),
    /** Monthly and quarterly: the day of the month, of the quarter's first month; the last one where a month is shorter. */
    monthDay: smallint("month_day"),
    /** On the clock of `time_zone`. */
    hour: smallint("hour").notNull(),
    timeZone: text("time_zone").notNull(),
    /** The days it covers, counted back from the day of sending: `workers/core/report/rolling-period.ts`. */
    covers: text("covers").notNull(),
    options: jsonb("options").notNull(),
    /** Files that are attached. */
    formats: text("formats").array().notNull(),
    subject: text("subject"),
    note: text("note"),
    /** No report where nothing happened. */
    skipEmpty: boolean("skip_empty").notNull().default(false),
    /** The instant of the next run; null while paused. */
    nextAt: instant("next_at"),
    pausedAt: instant("paused_at"),
    /** Why its last run could not be begun; null when it was. */
    failure: text("failure"),
    createdBy: integer("created_by"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    unique("report_schedules_public_id_key").on(t.publicId),
    index("report_schedules_account_idx").on(t.accountId, t.id),
    index("report_schedules_next_idx")
      .on(t.nextAt)
      .where(sql`${t.nextAt} is not null`),
    check("report_schedules_hour_check", sql`${t.hour} between 0 and 23`),
    check("report_schedules_weekday_check", sql`${t.weekday} between 1 and 7`),
    check("report_schedules_month_day_check", sql`${t.monthDay} between 1 and 31`),
  ],
);
