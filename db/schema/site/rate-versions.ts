import { date, integer, primaryKey } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/** Raised by each change of a rate in the month: figures of other months keep their version (decisions 22). */
export const rateVersions = site.table(
  "rate_versions",
  {
    accountId: integer("account_id").notNull(),
    /** Its first day. */
    month: date("month", { mode: "string" }).notNull(),
    version: integer("version").notNull(),
  },
  (t) => [primaryKey({ name: "rate_versions_pkey", columns: [t.accountId, t.month] })],
);
