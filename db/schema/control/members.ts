import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";
import { users } from "./users.ts";

export const members = control.table(
  "members",
  {
    accountId: integer("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["owner", "admin", "marketer", "viewer", "client"] }).notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "members_pkey", columns: [t.accountId, t.userId] }),
    index("members_user_idx").on(t.userId),
    check("members_role_check", sql`${t.role} in ('owner', 'admin', 'marketer', 'viewer', 'client')`),
  ],
);
