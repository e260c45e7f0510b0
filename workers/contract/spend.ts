import * as z from "zod/mini";

import { ratio } from "./analytics.ts";
import { campaignStatus } from "./campaigns.ts";
import { dealKind } from "./deals.ts";
import { currency, day, limit, line, minor, money, optionalLine } from "./primitives.ts";

/** What one unit of a currency is worth in the site's, and when that was published; null without a rate. */
const rateOfDay = z.nullable(z.object({ value: z.number(), day, source: z.string() }));

/** What a campaign cost on a day by one source: entered or imported, or worked out from a deal. */
export const ledgerRow = z.object({
  campaignId: z.string(),
  campaign: z.string(),
  day,
  source: z.string(),
  /** Null: entered or imported. */
  deal: z.nullable(z.object({ id: z.string(), kind: dealKind })),
  amount: money,
  rate: rateOfDay,
  /** In the site's currency, parts of the day's total; null without a rate, or when it does not count. */
  convertedMinor: z.nullable(z.number()),
  /** False: spend was entered for the campaign's day, so what a deal comes to is not added. */
  isCounted: z.boolean(),
  note: z.nullable(z.string()),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

/** `GET /sites/:id/spend?from&to&campaign&after&limit`: the ledger of spend, newest day first. */
export const spendLedgerQuery = z.object({
  from: day,
  to: day,
  campaign: z.optional(z.string().check(z.maxLength(64))),
  after: z.optional(z.string()),
  limit,
});

export const spendLedger = z.object({
  siteId: z.string(),
  currency: z.string(),
  range: z.object({ from: day, to: day }),
  items: z.array(ledgerRow),
  next: z.nullable(z.string()),
  /** Of all pages, what counts: in the site's currency, and what has no rate. */
  total: z.object({ spendMinor: z.nullable(z.number()), rows: z.number(), withoutRate: z.array(money) }),
  /** Other currencies that occur, with the rate of the range's last day. */
  currencies: z.array(z.object({ currency: z.string(), rate: rateOfDay })),
});
export type SpendLedger = z.infer<typeof spendLedger>;

/** `PUT /sites/:id/spend`: rows of several campaigns, all or none; each replaces that of its campaign, day and source. */
export const putSiteSpendRequest = z.object({
  rows: z
    .array(
      z.object({
        /** Its id. */
        campaign: line(64),
        day,
        amountMinor: minor.check(z.minimum(0)),
        /** Absent: the campaign's. */
        currency: z.optional(currency),
        source: z.optional(line(40)),
        note: optionalLine(500),
      }),
    )
    .check(z.minLength(1), z.maxLength(1_000)),
});
export type PutSiteSpendRequest = z.infer<typeof putSiteSpendRequest>;

/** Spend to date against the elapsed share of the flight; money in the campaign's currency. */
export const pacingRow = z.object({
  campaignId: z.string(),
  name: z.string(),
  status: campaignStatus,
  startsOn: z.nullable(day),
  endsOn: z.nullable(day),
  currency: z.string(),
  budgetMinor: z.nullable(z.number()),
  /** Up to and with today. */
  spentMinor: z.nullable(z.number()),
  /** Days of the flight up to and with today ÷ all its days. */
  elapsed: ratio,
  /** Spend ÷ budget. */
  spent: ratio,
  /** Spent ÷ elapsed share: 1 is on pace. */
  pace: ratio,
});
export type PacingRow = z.infer<typeof pacingRow>;

/** `GET /sites/:id/pacing`: every campaign that is not archived and has a budget. */
export const pacing = z.object({ siteId: z.string(), today: day, items: z.array(pacingRow), next: z.null() });
export type PacingAnswer = z.infer<typeof pacing>;
