import type { DirectRule } from "#contract/analytics.ts";
import { CREDIT_AMOUNTS, REFUND_AMOUNTS } from "#core/money/amount-shapes.ts";
import { convertAmounts, type AmountShape } from "#core/money/convert-amounts.ts";
import { rateTable } from "#core/money/exchange-rate.ts";
import { DEAL_MODEL } from "#core/spend/deal.ts";
import type { Database } from "#db/database.ts";
import type { AnalyticsFacts } from "#db/queries/analytics/load-analytics.ts";
import { settleSpend } from "#usecases/spend/settle-spend.ts";

/** Facts whose money is in the site's currency, as far as there are rates; spend holds what deals come to. */
export type SettledFacts = AnalyticsFacts & {
  /** Currencies of amounts that were converted, in alphabetical order. */
  convertedCurrencies: string[];
};

export type SettleQuestion = {
  siteId: number;
  from: string;
  to: string;
  /** What the facts' credit was worked out by. */
  lookbackDays: number;
  direct: DirectRule;
  now: Date;
};

/**
 * Puts a range's money into the site's currency, once for whatever is shown of it, so that every screen says the same:
 * the total of each day and currency is converted with that day's rate and split over its rows (decisions 25). Money
 * without a rate keeps its currency.
 */
export async function settleMoney(
  db: Database,
  facts: AnalyticsFacts,
  question: SettleQuestion,
): Promise<SettledFacts> {
  const rates = rateTable(facts.rates);
  const { currency } = facts;
  const isDealCredit =
    question.lookbackDays === DEAL_MODEL.lookbackDays && question.direct === DEAL_MODEL.direct;
  const credit = isDealCredit ? facts.credit : null;
  const { paid, spend } = await settleSpend(db, facts, { ...question, rates, credit });
  const convertedCurrencies = new Set(convertedAmong(paid, spend));
  const settle = <T extends { day: string; currency: string }>(rows: readonly T[], shape: AmountShape<T>) => {
    const settled = convertAmounts(rows, { to: currency, rates, shape });
    for (const converted of convertedAmong(rows, settled)) convertedCurrencies.add(converted);
    return settled;
  };
  const settled = {
    spend,
    credit: settle(facts.credit, CREDIT_AMOUNTS),
    refunds: settle(facts.refunds, REFUND_AMOUNTS),
  };
  return { ...facts, ...settled, convertedCurrencies: [...convertedCurrencies].toSorted() };
}

/** Currencies of rows that have another one now. */
export function convertedAmong<T extends { currency: string }>(
  rows: readonly T[],
  settled: readonly T[],
): string[] {
  return rows.flatMap(({ currency }, index) => (settled[index]?.currency === currency ? [] : [currency]));
}
