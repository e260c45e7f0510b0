import { bigint, integer, jsonb, text, unique, uuid } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** Messages that could not be ingested, whole, with the reason: kept until replayed. */
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
  },
  (t) => [unique("dead_letters_receipt_key").on(t.siteId, t.receiptId)],
);
