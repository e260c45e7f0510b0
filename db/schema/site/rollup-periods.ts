import { sql } from "drizzle-orm";
import { bigint, check, date, index, integer, primaryKey, text } from "drizzle-orm/pg-core";

import { bytea, instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Sums of one day of the site's zone, or of a whole week or month of days, replaced whole. A row holds every value of
 * one dimension in one scope, side by side: the n-th value has the n-th place of each array. Counts and visitors stand
 * in the row with currency '', money in one row a currency; each leaves the other's arrays null. `sketches` are the visitors of each value (`core/rollup`), one behind
 * the other, the n-th one ending before byte `sketch_ends[n]`; the column is stored EXTERNAL, so that a slice is read
 * alone.
 */
export const rollupPeriods = site.table(
  "rollup_periods",
  {
    siteId: integer("site_id").notNull(),
    scope: text("scope", { enum: ["site", "campaign", "channel"] }).notNull(),
    /** Campaign id or channel code; '' for the site. */
    scopeKey: text("scope_key").notNull(),
    /** `core/rollup/dimensions`, or `all`: the scope as a whole, under the value ''. */
    dimension: text("dimension").notNull(),
    span: text("span", { enum: ["day", "week", "month"] }).notNull(),
    startsOn: date("starts_on", { mode: "string" }).notNull(),
    currency: text("currency").notNull(),
    rolledAt: instant("rolled_at").notNull(),
    /** How long the roll took: one that takes long is made less often. */
    tookMs: integer("took_ms").notNull(),
    /** The values: '' for none, a campaign's or page's id, else the text itself. */
    entries: text("entries").array().notNull(),
    impressions: integer("impressions").array(),
    clicks: integer("clicks").array(),
    pageviews: integer("pageviews").array(),
    sessions: integer("sessions").array(),
    /** Exact for a day. */
    visitors: integer("visitors").array(),
    conversions: integer("conversions").array(),
    revenueMinor: bigint("revenue_minor", { mode: "number" }).array(),
    refundMinor: bigint("refund_minor", { mode: "number" }).array(),
    sketchEnds: integer("sketch_ends").array(),
    sketches: bytea("sketches"),
  },
  (t) => [
    primaryKey({
      name: "rollup_periods_pkey",
      columns: [t.siteId, t.scope, t.scopeKey, t.dimension, t.span, t.startsOn, t.currency],
    }),
    index("rollup_periods_start_idx").on(t.siteId, t.span, t.startsOn),
    check("rollup_periods_scope_check", sql`${t.scope} in ('site', 'campaign', 'channel')`),
    check("rollup_periods_span_check", sql`${t.span} in ('day', 'week', 'month')`),
  ],
);
