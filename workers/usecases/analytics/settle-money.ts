import type { DirectRule } from "#contract/analytics.ts";
import { CREDIT_AMOUNTS, REFUND_AMOUNTS, spendAmounts } from "#core/money/amount-shapes.ts";
import { convertAmounts, type AmountShape } from "#core/money/convert-amounts.ts";
import { rateTable } from "#core/money/exchange-rate.ts";
import { countsBesideEntered } from "#core/spend/counted-spend.ts";
import { DEAL_MODEL } from "#core/spend/deal.ts";
import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import type { AnalyticsFacts, SpendEntry } from "#db/queries/analytics/load-analytics.ts";
import { computedSpend } from "#usecases/spend/computed-spend.ts";

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
  const { deals, timeZone, currency } = facts;
  const today = siteDay(question.now.getTime(), timeZone);
  const isDealCredit =
    question.lookbackDays === DEAL_MODEL.lookbackDays && question.direct === DEAL_MODEL.direct;
  const credit = isDealCredit ? facts.credit : null;
  const computed = await computedSpend(db, { ...question, deals, today, rates, credit });
  const spend = [...facts.spend, ...computed.filter(countsBesideEntered(facts.spend))];
  const convertedCurrencies = new Set<string>();
  const settle = <T extends { day: string; currency: string }>(rows: readonly T[], shape: AmountShape<T>) => {
    const settled = convertAmounts(rows, { to: currency, rates, shape });
    rows.forEach((row, index) => {
      if (settled[index]?.currency !== row.currency) convertedCurrencies.add(row.currency);
    });
    return settled;
  };
  const settled = {
    credit: settle(facts.credit, CREDIT_AMOUNTS),
    spend: settle(spend, spendAmounts<SpendEntry>()),
    refunds: settle(facts.refunds, REFUND_AMOUNTS),
  };
  return { ...facts, ...settled, convertedCurrencies: [...convertedCurrencies].toSorted() };
}
