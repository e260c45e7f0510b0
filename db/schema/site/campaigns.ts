import { sql } from "drizzle-orm";
import { check, date, doublePrecision, integer, text, unique, uniqueIndex } from "drizzle-orm/pg-core";

import { instant, minorUnits } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";
import { sites } from "./sites.ts";

export const campaigns = site.table(
  "campaigns",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id")
      .notNull()
      .references(() => sites.id, { onDelete: "cascade" }),
    publicId: text("public_id").notNull(),
    name: text("name").notNull(),
    /** Channel code of `core/channels`. */
    channel: text("channel").notNull(),
    status: text("status", { enum: ["draft", "active", "paused", "completed"] }).notNull(),
    startsOn: date("starts_on", { mode: "string" }),
    endsOn: date("ends_on", { mode: "string" }),
    budgetMinor: minorUnits("budget_minor"),
    currency: text("currency").notNull(),
    goal: text("goal"),
    targetCpaMinor: minorUnits("target_cpa_minor"),
    targetRoas: doublePrecision("target_roas"),
    /** What is left of revenue after the cost of goods, per cent; null: the site's. */
    marginPercent: doublePrecision("margin_percent"),
    owner: text("owner"),
    notes: text("notes"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    unique("campaigns_public_id_key").on(t.publicId),
    uniqueIndex("campaigns_site_name_key")
      .on(t.siteId, sql`lower(${t.name})`)
      .where(sql`${t.archivedAt} is null`),
    check("campaigns_status_check", sql`${t.status} in ('draft', 'active', 'paused', 'completed')`),
    check("campaigns_flight_check", sql`${t.endsOn} >= ${t.startsOn}`),
    check("campaigns_budget_check", sql`${t.budgetMinor} >= 0`),
    check("campaigns_margin_check", sql`${t.marginPercent} > 0 and ${t.marginPercent} <= 100`),
  ],
);
