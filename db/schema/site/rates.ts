import { sql } from "drizzle-orm";
import { check, date, integer, numeric, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** Units of a currency for one euro, as the ECB publishes them, exact decimals. */
export const rates = site.table(
  "rates",
  {
    /** An account's own rates, which go before the shared ones; 0 for those of the installation. */
    accountId: integer("account_id").notNull().default(0),
    currency: text("currency").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    rate: numeric("rate").notNull(),
    /** Where it comes from: `ECB`, a file's name, a person's word. */
    source: text("source").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "rates_pkey", columns: [t.accountId, t.currency, t.day] }),
    check("rates_rate_check", sql`${t.rate} > 0`),
  ],
);
