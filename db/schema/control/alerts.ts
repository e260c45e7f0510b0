import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, text, unique, uniqueIndex } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";

/** One time that something was wrong, from the first bad measurement until it is over: of a place one is open at most. */
export const alerts = control.table(
  "alerts",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    publicId: text("public_id").notNull(),
    /** Null: the operators'. */
    accountId: integer("account_id").references(() => accounts.id, { onDelete: "cascade" }),
    siteId: integer("site_id"),
    sitePublicId: text("site_public_id"),
    siteName: text("site_name"),
    /** Where it was measured. */
    database: text("database").notNull(),
    kind: text("kind").notNull(),
    /** What of it: `core/alerts/alert-kind.ts`. */
    subject: text("subject").notNull(),
    /** The place: `alertKey`. */
    key: text("key").notNull(),
    status: text("status", { enum: ["pending", "firing", "resolved"] }).notNull(),
    /** `recovered`; `ended`: its rule was turned off, or what it was about is gone. */
    resolution: text("resolution", { enum: ["recovered", "ended"] }),
    /** The facts of the newest measurement that said it is bad. */
    cause: jsonb("cause").notNull(),
    badSince: instant("bad_since").notNull(),
    goodSince: instant("good_since"),
    firedAt: instant("fired_at"),
    resolvedAt: instant("resolved_at"),
    /** The last measurement that said something, and the last one at all. */
    measuredAt: instant("measured_at").notNull(),
    lookedAt: instant("looked_at").notNull(),
    /** Why the last one said nothing. */
    missing: text("missing"),
    reminders: integer("reminders").notNull().default(0),
    acknowledgedAt: instant("acknowledged_at"),
    acknowledgedBy: integer("acknowledged_by"),
    /** Raised by each change: of two runs at once one writes. */
    version: integer("version").notNull().default(1),
  },
  (t) => [
    unique("alerts_public_id_key").on(t.publicId),
    uniqueIndex("alerts_open_key")
      .on(t.key)
      .where(sql`${t.status} <> 'resolved'`),
    index("alerts_account_idx").on(t.accountId, t.id),
    index("alerts_resolved_idx")
      .on(t.resolvedAt)
      .where(sql`${t.status} = 'resolved'`),
    check("alerts_status_check", sql`${t.status} in ('pending', 'firing', 'resolved')`),
  ],
);
