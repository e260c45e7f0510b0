import { index, integer, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { reports } from "./reports.ts";
import { site } from "./site-schema.ts";

/** A link by which anybody who has it reads one report, for a time. Only the token's hash is kept. */
export const reportShares = site.table(
  "report_shares",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    accountId: integer("account_id").notNull(),
    reportId: integer("report_id")
      .notNull()
      .references(() => reports.id, { onDelete: "cascade" }),
    publicId: text("public_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    /** Null: no password. */
    passwordHash: text("password_hash"),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    views: integer("views").notNull().default(0),
    lastViewedAt: instant("last_viewed_at"),
    createdBy: integer("created_by"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    unique("report_shares_public_id_key").on(t.publicId),
    unique("report_shares_token_hash_key").on(t.tokenHash),
    index("report_shares_report_idx").on(t.reportId),
  ],
);
