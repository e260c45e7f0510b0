import * as z from "zod/mini";

import { DEAL_KINDS } from "#core/spend/deal.ts";
import { currency, day, minor, money, optionalLine, percent } from "./primitives.ts";

export const dealKind = z.enum(DEAL_KINDS);

/** `GET /sites/:id/deals`: how campaigns are paid for; what they come to by day is in the ledger of spend. */
export const deal = z.object({
  id: z.string(),
  campaignId: z.string(),
  /** The campaign's name, also when it is archived. */
  campaign: z.string(),
  kind: dealKind,
  startsOn: day,
  /** Null: it runs on. */
  endsOn: z.nullable(day),
  /** The whole sum, or the price of a thousand impressions, of a click, of a conversion; null for a share. */
  amount: z.nullable(money),
  /** Of revenue, per cent; null for a price. */
  sharePercent: z.nullable(z.number()),
  currency: z.string(),
  note: z.nullable(z.string()),
});
export type Deal = z.infer<typeof deal>;

export const deals = z.object({ items: z.array(deal), next: z.null() });

/**
 * `POST /campaigns/:id/deals` → 201, `PUT /campaigns/:id/deals/:dealId`. A fixed sum needs a last day, a revenue share
 * its `sharePercent`, any other its `amountMinor`. It runs between 2000 and ten years from now.
 */
export const dealRequest = z.object({
  kind: dealKind,
  startsOn: day,
  endsOn: z.optional(z.nullable(day)),
  amountMinor: z.optional(minor.check(z.minimum(0))),
  sharePercent: z.optional(percent),
  /** Absent: the campaign's; a revenue share is in the site's. */
  currency: z.optional(currency),
  note: optionalLine(500),
});
export type DealRequest = z.infer<typeof dealRequest>;
