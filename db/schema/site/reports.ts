import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** A report and the files made of it. The model it was rendered from is kept beside them. */
export const reports = site.table(
  "reports",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    accountId: integer("account_id").notNull(),
    /** Null: of all sites of the account. */
    siteId: integer("site_id"),
    /** The only campaign it is about; null when it is about several or all. */
    campaignId: integer("campaign_id"),
    /** What a sponsor paid for; empty: all. */
    campaignIds: integer("campaign_ids")
      .array()
      .notNull()
      .default(sql`'{}'`),
    publicId: text("public_id").notNull(),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    /** Range, model, lookback, sections, recipients as asked. */
    options: jsonb("options").notNull(),
    /** The schedule it is a run of, and which of its periods; one run for each. */
    scheduleId: integer("schedule_id"),
    period: text("period"),
    /** The report that it is worked out anew from. */
    recomputeOf: integer("recompute_of"),
    status: text("status", { enum: ["pending", "ready", "failed", "skipped"] }).notNull(),
    failure: text("failure"),
    /** Of the figures in the model. */
    dataVersion: text("data_version"),
    modelKey: text("model_key"),
    modelBytes: integer("model_bytes"),
    /** Of the object in the report store that holds the attribution run; null without one. */
    runKey: text("run_key"),
    pdfKey: text("pdf_key"),
    pdfBytes: integer("pdf_bytes"),
    csvKey: text("csv_key"),
    csvBytes: integer("csv_bytes"),
    xlsxKey: text("xlsx_key"),
    xlsxBytes: integer("xlsx_bytes"),
    replacedGlyphs: text("replaced_glyphs").array(),
    createdBy: integer("created_by"),
    createdAt: instant("created_at").notNull(),
    readyAt: instant("ready_at"),
    /** Its files were kept as long as the account wants. */
    expiredAt: instant("expired_at"),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    unique("reports_public_id_key").on(t.publicId),
    unique("reports_schedule_period_key").on(t.scheduleId, t.period),
    index("reports_account_idx").on(t.accountId, t.id),
    index("reports_site_idx").on(t.siteId, t.id),
    index("reports_campaign_idx").on(t.siteId, t.campaignId, t.id),
    index("reports_schedule_idx")
      .on(t.scheduleId, t.id)
      .where(sql`${t.scheduleId} is not null`),
    index("reports_pending_idx")
      .on(t.createdAt)
      .where(sql`${t.status} = 'pending'`),
    index("reports_failed_idx")
      .on(t.createdAt)
      .where(sql`${t.status} = 'failed'`),
    check("reports_status_check", sql`${t.status} in ('pending', 'ready', 'failed', 'skipped')`),
    check("reports_schedule_check", sql`(${t.scheduleId} is null) = (${t.period} is null)`),
  ],
);
