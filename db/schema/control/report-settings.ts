import { sql } from "drizzle-orm";
import { check, integer, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { accounts } from "./accounts.ts";
import { control } from "./control-schema.ts";

/** How an account's reports look and how long their files are kept; no row: the defaults. */
export const reportSettings = control.table(
  "report_settings",
  {
    accountId: integer("account_id")
      .primaryKey()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Of a PNG or JPEG in the report store. */
    logoKey: text("logo_key"),
    /** `#rrggbb`. */
    accent: text("accent"),
    footer: text("footer"),
    language: text("language").notNull(),
    /** BCP 47: how numbers and days are written. */
    locale: text("locale").notNull(),
    /** Days that a report's files are kept; null: for good. */
    retentionDays: integer("retention_days"),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [check("report_settings_accent_check", sql`${t.accent} ~ '^#[0-9a-f]{6}$'`)],
);
