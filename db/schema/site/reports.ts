import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** A report and the files made of it. The model it was rendered from is kept beside them. */
export const reports = site.table(
  "reports",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    campaignId: integer("campaign_id"),
    publicId: text("public_id").notNull(),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    /** Range, model, lookback, recipients as asked. */
    options: jsonb("options").notNull(),
    status: text("status", { enum: ["pending", "ready", "failed"] }).notNull(),
    failure: text("failure"),
    modelKey: text("model_key"),
    pdfKey: text("pdf_key"),
    pdfBytes: integer("pdf_bytes"),
    csvKey: text("csv_key"),
    csvBytes: integer("csv_bytes"),
    replacedGlyphs: text("replaced_glyphs").array(),
    createdBy: integer("created_by"),
    createdAt: instant("created_at").notNull(),
    readyAt: instant("ready_at"),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    unique("reports_public_id_key").on(t.publicId),
    index("reports_site_idx").on(t.siteId, t.id),
    index("reports_campaign_idx").on(t.siteId, t.campaignId, t.id),
    check("reports_status_check", sql`${t.status} in ('pending', 'ready', 'failed')`),
  ],
);
