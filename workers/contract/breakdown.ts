import * as z from "zod/mini";

import { DIMENSIONS } from "#core/rollup/dimensions.ts";
import { channel, day, instant, limit } from "./primitives.ts";

export const dimension = z.enum(DIMENSIONS as unknown as [string, ...string[]]);

/**
 * `GET /sites/:id/breakdown?dimension&from&to&campaign|channel&sort&limit&after`. At most one of `campaign` and `channel`,
 * and not the dimension itself.
 */
export const breakdownQuery = z
  .object({
    dimension,
    from: day,
    to: day,
    campaign: z.optional(z.string()),
    channel: z.optional(channel),
    sort: z.optional(z.enum(["visitors", "revenue"])),
    limit,
    after: z.optional(z.string()),
  })
  .check(
    z.refine((query) => query.campaign === undefined || query.channel === undefined, {
      path: ["channel"],
      error: "cannot be filtered by together with a campaign",
    }),
    z.refine((query) => query.dimension !== "campaign" || query.campaign === undefined, {
      path: ["campaign"],
      error: "cannot be filtered by when broken down by campaign",
    }),
    z.refine((query) => query.dimension !== "channel" || query.channel === undefined, {
      path: ["channel"],
      error: "cannot be filtered by when broken down by channel",
    }),
  );
export type BreakdownQuery = z.infer<typeof breakdownQuery>;

/** What is counted of a value. */
export const measures = {
  impressions: z.number(),
  clicks: z.number(),
  /** Of the visits; the total counts every page view. */
  pageviews: z.number(),
  sessions: z.number(),
  visitors: z.number(),
  /** Half the width of the 95 % interval of `visitors`; null where they are exact. */
  visitorsMargin: z.nullable(z.number()),
  /** In the visit itself: no credit of a model. */
  conversions: z.number(),
  /** Less refunds. */
  revenueMinor: z.number(),
  /** What refunds took from the revenue above. */
  refundMinor: z.number(),
};

/** `kind`: a value, contacts that have none, or the many small values that are not kept apart. */
export const breakdownRow = z.object({
  kind: z.enum(["value", "none", "other"]),
  /** What a filter takes: campaign id, channel code, else the text; null for the other kinds. */
  value: z.nullable(z.string()),
  /** As it is shown: a campaign's name, a page's host and path, else the value. */
  label: z.string(),
  ...measures,
});
export type BreakdownRow = z.infer<typeof breakdownRow>;

export const breakdown = z.object({
  siteId: z.string(),
  dimension,
  range: z.object({ from: day, to: day }),
  currency: z.string(),
  /** The figures are as of then. */
  asOf: instant,
  items: z.array(breakdownRow),
  next: z.nullable(z.string()),
  /** Of the site, campaign or channel as a whole. Sums add up to it; visitors do not, who may be in several rows. */
  total: z.object(measures),
});
export type Breakdown = z.infer<typeof breakdown>;
