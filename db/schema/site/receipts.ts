import { sql } from "drizzle-orm";
import { index, integer, jsonb, primaryKey, smallint, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * What became of one accepted body. The ledger is the sum of these (decisions 7). Wide columns first: there is one a body,
 * and gaps between them would be a sixth of it.
 */
export const receipts = site.table(
  "receipts",
  {
    /** The UTC hour of `receivedAt`. */
    hour: instant("hour").notNull(),
    /** When the body was accounted for, by Postgres' clock: the lag is this less the time inside `receiptId`. */
    storedAt: instant("stored_at").default(sql`now()`),
    receiptId: uuid("receipt_id").notNull(),
    siteId: integer("site_id").notNull(),
    received: smallint("received").notNull(),
    stored: smallint("stored").notNull(),
    duplicate: smallint("duplicate").notNull(),
    bot: smallint("bot").notNull(),
    rejected: smallint("rejected").notNull(),
    deadLettered: smallint("dead_lettered").notNull(),
    /** Counts by code, null when nothing was rejected. */
    rejectedBy: jsonb("rejected_by").$type<Record<string, number>>(),
  },
  (t) => [
    primaryKey({ name: "receipts_pkey", columns: [t.siteId, t.receiptId] }),
    index("receipts_hour_idx").on(t.siteId, t.hour),
  ],
);
