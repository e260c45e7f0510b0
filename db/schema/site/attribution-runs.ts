import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** What the workbench showed, kept for good under a name: nothing but the name ever changes once it is ready. */
export const attributionRuns = site.table(
  "attribution_runs",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    publicId: text("public_id").notNull(),
    name: text("name").notNull(),
    /** As `usecases/attribution/attribution-question` has it. */
    question: jsonb("question").notNull(),
    models: text("models").array().notNull(),
    status: text("status", { enum: ["pending", "ready", "failed"] }).notNull(),
    failure: text("failure"),
    dataVersion: text("data_version"),
    /** Of the object in the report store that holds all of it. */
    objectKey: text("object_key"),
    items: integer("items"),
    /** The run that was worked out anew. */
    recomputeOf: integer("recompute_of"),
    /** The report that was made of it; null: somebody asked for the run itself. */
    reportId: integer("report_id"),
    createdBy: integer("created_by"),
    createdAt: instant("created_at").notNull(),
    readyAt: instant("ready_at"),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    unique("attribution_runs_public_id_key").on(t.publicId),
    unique("attribution_runs_report_key").on(t.reportId),
    index("attribution_runs_site_idx").on(t.siteId, t.id),
    index("attribution_runs_pending_idx")
      .on(t.createdAt)
      .where(sql`${t.status} = 'pending'`),
    check("attribution_runs_status_check", sql`${t.status} in ('pending', 'ready', 'failed')`),
  ],
);
