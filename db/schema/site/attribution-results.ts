import { date, index, integer, jsonb, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Credit of a range under one set of options, kept for as long as what it was made of holds (decisions 22). It names
 * groups, never visitors.
 */
export const attributionResults = site.table(
  "attribution_results",
  {
    siteId: integer("site_id").notNull(),
    /** What was asked, written out; see `usecases/attribution/attribution-parts`. */
    options: text("options").notNull(),
    fromDay: date("from_day", { mode: "string" }).notNull(),
    toDay: date("to_day", { mode: "string" }).notNull(),
    /** The first day whose facts can change it: `from − lookback`, or earlier where a refund's conversion was. */
    sinceDay: date("since_day", { mode: "string" }),
    /** Of the days from `since_day` to `to_day`, the matchers and the zone, as they were before the facts were read. */
    version: text("version"),
    /** Of the matchers and the zone alone. */
    matched: text("matched"),
    /** What its basis shows. */
    dataVersion: text("data_version"),
    /** Null while it has only been asked for. */
    result: jsonb("result").$type<unknown>(),
    tookMs: integer("took_ms"),
    computedAt: instant("computed_at"),
    /** When a job was last told to work it out. */
    requestedAt: instant("requested_at"),
  },
  (t) => [
    primaryKey({ name: "attribution_results_pkey", columns: [t.siteId, t.fromDay, t.toDay, t.options] }),
    index("attribution_results_computed_idx").on(t.computedAt),
  ],
);
