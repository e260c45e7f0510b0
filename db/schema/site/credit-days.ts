import { date, integer, jsonb, primaryKey, smallint, text } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/**
 * Credit of one day under one lookback and direct rule, kept for as long as what it was made of holds (decisions 22):
 * `version` is that of the days from `day − lookback` to `day` and of the matchers.
 */
export const creditDays = site.table(
  "credit_days",
  {
    siteId: integer("site_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    lookbackDays: smallint("lookback_days").notNull(),
    direct: text("direct", { enum: ["keep", "exclude_unless_only"] }).notNull(),
    version: text("version").notNull(),
    /** The rows of the credit query without their day; empty when nothing was earned. */
    credit: jsonb("credit").$type<unknown[]>().notNull(),
  },
  (t) => [primaryKey({ name: "credit_days_pkey", columns: [t.siteId, t.lookbackDays, t.direct, t.day] })],
);
