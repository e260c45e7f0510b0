import { sql } from "drizzle-orm";
import { index, integer, jsonb, primaryKey, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** What became of one accepted body. The ledger is the sum of these (decisions 7). */
export const receipts = site.table(
  "receipts",
  {
    siteId: integer("site_id").notNull(),
    receiptId: uuid("receipt_id").notNull(),
    /** The UTC hour of `receivedAt`. */
    hour: instant("hour").notNull(),
    received: integer("received").notNull(),
    stored: integer("stored").notNull(),
    duplicate: integer("duplicate").notNull(),
    bot: integer("bot").notNull(),
    rejected: integer("rejected").notNull(),
    /** Counts by code, null when nothing was rejected. */
    rejectedBy: jsonb("rejected_by").$type<Record<string, number>>(),
    deadLettered: integer("dead_lettered").notNull(),
    /** When the body was accounted for, by Postgres' clock: the lag is this less the time inside `receiptId`. */
    storedAt: instant("stored_at").default(sql`now()`),
  },
  (t) => [
    primaryKey({ name: "receipts_pkey", columns: [t.siteId, t.receiptId] }),
    index("receipts_hour_idx").on(t.siteId, t.hour),
  ],
);
