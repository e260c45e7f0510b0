import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";

/** Who changed what: never the secret itself, never a visitor's data. */
export const auditLog = control.table(
  "audit_log",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: integer("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    userId: integer("user_id"),
    apiKeyId: integer("api_key_id"),
    at: instant("at").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    detail: jsonb("detail"),
  },
  (t) => [
    index("audit_log_account_idx").on(t.accountId, t.id),
    index("audit_log_admin_idx")
      .on(t.id)
      .where(sql`${t.action} like 'admin.%' or ${t.action} like 'superadmin.%'`),
  ],
);
