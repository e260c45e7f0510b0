import type { DayCredit } from "#core/attribution/credit.ts";
import type { AmountShape } from "./convert-amounts.ts";

/** Credit by model: under each, the rows of a day add up to the same total. */
export const CREDIT_AMOUNTS: AmountShape<DayCredit> = {
  amounts: (row) => [row.firstRevenueMinor, row.lastRevenueMinor, row.linearRevenueMinor],
  with: (row, [firstRevenueMinor = 0, lastRevenueMinor = 0, linearRevenueMinor = 0], currency) => ({
    ...row,
    currency,
    firstRevenueMinor,
    lastRevenueMinor,
    linearRevenueMinor,
  }),
  key: ({ isUnattributed, campaignId, channel }) => JSON.stringify([isUnattributed, campaignId, channel]),
};

type Spent = { day: string; currency: string; campaignId: number; source: string; amountMinor: number };

/** Spend by campaign and source. */
export function spendAmounts<T extends Spent>(): AmountShape<T> {
  return {
    amounts: ({ amountMinor }) => [amountMinor],
    with: (row, [amountMinor = 0], currency) => ({ ...row, amountMinor, currency }),
    key: ({ campaignId, source }) => `${String(campaignId).padStart(10, "0")} ${source}`,
  };
}

type Refunded = { day: string; currency: string; refundMinor: number };

/** Refunds of a whole site: one row a day and currency. */
export const REFUND_AMOUNTS: AmountShape<Refunded> = {
  amounts: ({ refundMinor }) => [refundMinor],
  with: (row, [refundMinor = 0], currency) => ({ ...row, refundMinor, currency }),
  key: () => "",
};
