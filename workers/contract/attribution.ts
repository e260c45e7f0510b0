import * as z from "zod/mini";

import { basis, directRule, model } from "./analytics.ts";
import { day, lookback } from "./primitives.ts";

/** `GET /sites/:id/attribution?model&lookback&direct&by&from&to&campaign`: all three models, side by side. */
export const attributionQuery = z.object({
  from: day,
  to: day,
  lookback,
  direct: z.optional(directRule),
  by: z.optional(z.enum(["campaign", "channel"])),
});
export type AttributionQuery = z.infer<typeof attributionQuery>;

const credit = z.object({ conversions: z.number(), revenueMinor: z.number() });
export type Credit = z.infer<typeof credit>;

/** `kind`: a group that earned credit, contacts outside every campaign, or conversions with no eligible touchpoint. */
export const attributionRow = z.object({
  kind: z.enum(["group", "none", "unattributed"]),
  /** Campaign id or channel code; null for the other kinds. */
  key: z.nullable(z.string()),
  name: z.string(),
  first: credit,
  last: credit,
  linear: credit,
});
export type AttributionRow = z.infer<typeof attributionRow>;

export const attribution = z.object({
  siteId: z.string(),
  by: z.enum(["campaign", "channel"]),
  range: z.object({ from: day, to: day }),
  basis: z.omit(basis, { model: true }),
  models: z.array(model),
  rows: z.array(attributionRow),
  /** Equal for every model: all conversions of the range, unattributed included. */
  total: credit,
});
export type Attribution = z.infer<typeof attribution>;
