import { integer, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

export const accounts = control.table(
  "accounts",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    publicId: text("public_id").notNull(),
    name: text("name").notNull(),
    /** Which database holds the account's sites: a name, resolved to a connection by the Workers' configuration. */
    database: text("database").notNull().default("main"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [unique("accounts_public_id_key").on(t.publicId)],
);
