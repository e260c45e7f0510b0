import { index, integer, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";
import { users } from "./users.ts";

/** Sign-ins of the dashboard (a visitor's sessions are `site.sessions`). */
export const userSessions = control.table(
  "user_sessions",
  {
    /** SHA-256 of the cookie's token, hex: the token itself is kept nowhere. */
    tokenHash: text("token_hash").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("user_sessions_user_idx").on(t.userId), index("user_sessions_expires_idx").on(t.expiresAt)],
);
