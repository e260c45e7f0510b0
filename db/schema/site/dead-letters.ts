import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, text, unique, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Messages that could not be ingested, whole, with the reason of the last attempt. Once replayed the message goes: its
 * events are where they belong, and a second copy of a visitor's data helps nobody.
 */
export const deadLetters = site.table(
  "dead_letters",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    receiptId: uuid("receipt_id").notNull(),
    reason: text("reason").notNull(),
    message: jsonb("message").notNull(),
    at: instant("at").notNull(),
    replayedAt: instant("replayed_at"),
    /** Replays so far, the one that succeeded included. */
    attempts: integer("attempts").notNull().default(0),
    lastTriedAt: instant("last_tried_at"),
  },
  (t) => [
    unique("dead_letters_receipt_key").on(t.siteId, t.receiptId),
    index("dead_letters_waiting_idx")
      .on(t.id)
      .where(sql`${t.replayedAt} is null`),
  ],
);
