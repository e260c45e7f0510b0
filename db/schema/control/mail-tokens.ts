import { sql } from "drizzle-orm";
import { check, index, integer, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";
import { users } from "./users.ts";

/** Single-use tokens that were mailed: only their SHA-256 is kept. */
export const mailTokens = control.table(
  "mail_tokens",
  {
    tokenHash: text("token_hash").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text("purpose", { enum: ["confirm", "reset"] }).notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    index("mail_tokens_user_idx").on(t.userId, t.purpose),
    check("mail_tokens_purpose_check", sql`${t.purpose} in ('confirm', 'reset')`),
  ],
);
