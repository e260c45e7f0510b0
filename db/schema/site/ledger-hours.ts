import { integer, jsonb, primaryKey } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** Receipts of an hour, added up once the single ones are no longer needed. `site.ledger_entries` reads both. */
export const ledgerHours = site.table(
  "ledger_hours",
  {
    siteId: integer("site_id").notNull(),
    hour: instant("hour").notNull(),
    received: integer("received").notNull(),
    stored: integer("stored").notNull(),
    duplicate: integer("duplicate").notNull(),
    bot: integer("bot").notNull(),
    rejected: integer("rejected").notNull(),
    rejectedBy: jsonb("rejected_by").$type<Record<string, number>>(),
    deadLettered: integer("dead_lettered").notNull(),
  },
  (t) => [primaryKey({ name: "ledger_hours_pkey", columns: [t.siteId, t.hour] })],
);
