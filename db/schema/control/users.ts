import { boolean, integer, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

export const users = control.table(
  "users",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    publicId: text("public_id").notNull(),
    /** Trimmed and lower-cased. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    emailConfirmedAt: instant("email_confirmed_at"),
    isSuperadmin: boolean("is_superadmin").notNull().default(false),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [unique("users_public_id_key").on(t.publicId), unique("users_email_key").on(t.email)],
);
