import { integer, jsonb, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

/** Answers to POSTs that made something, kept a day: the same key and body get the same answer, nothing new. */
export const idempotencyKeys = control.table(
  "idempotency_keys",
  {
    accountId: integer("account_id").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    status: integer("status"),
    body: jsonb("body"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ name: "idempotency_keys_pkey", columns: [t.accountId, t.key] })],
);
