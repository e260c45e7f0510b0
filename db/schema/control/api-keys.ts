import { index, integer, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";

/** `wmk_<publicId>_<secret>`: looked up by id, compared by SHA-256 in constant time. */
export const apiKeys = control.table(
  "api_keys",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    publicId: text("public_id").notNull(),
    accountId: integer("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    secretHash: text("secret_hash").notNull(),
    scopes: text("scopes").array().notNull(),
    createdAt: instant("created_at").notNull(),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [unique("api_keys_public_id_key").on(t.publicId), index("api_keys_account_idx").on(t.accountId)],
);
