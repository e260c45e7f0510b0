import { sql } from "drizzle-orm";
import { bigint, check, date, index, integer, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Days, weeks and months whose rollup no longer tells the truth: a day once one of its hours was rolled up, a week and a
 * month once one of their days was. A marked week or month is not read; its days are. The mark goes only at the version
 * that was rolled up. `links`: a day that was counted before short links were. Marked as a day it would be counted by the
 * version before, which goes on until the one that knows of links is out, and the mark would be gone.
 */
export const stalePeriods = site.table(
  "stale_periods",
  {
    siteId: integer("site_id").notNull(),
    span: text("span", { enum: ["day", "week", "month", "links"] }).notNull(),
    startsOn: date("starts_on", { mode: "string" }).notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
    markedAt: instant("marked_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "stale_periods_pkey", columns: [t.siteId, t.span, t.startsOn] }),
    index("stale_periods_marked_idx").on(t.span, t.markedAt),
    check("stale_periods_span_check", sql`${t.span} in ('day', 'week', 'month', 'links')`),
  ],
);
