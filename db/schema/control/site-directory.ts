import { index, integer, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";

/** Every site of every account: its int is allocated here, so that it is the same wherever the site's data lives. */
export const siteDirectory = control.table(
  "site_directory",
  {
    siteId: integer("site_id").primaryKey().generatedAlwaysAsIdentity(),
    accountId: integer("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    publicId: text("public_id").notNull(),
    siteKey: text("site_key").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    unique("site_directory_public_id_key").on(t.publicId),
    unique("site_directory_site_key_key").on(t.siteKey),
    index("site_directory_account_idx").on(t.accountId),
  ],
);
