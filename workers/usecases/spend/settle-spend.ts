import type { DayCredit } from "#core/attribution/credit.ts";
import { spendAmounts } from "#core/money/amount-shapes.ts";
import { convertAmounts } from "#core/money/convert-amounts.ts";
import type { RateTable } from "#core/money/exchange-rate.ts";
import { countsBesideEntered } from "#core/spend/counted-spend.ts";
import type { Deal } from "#core/spend/deal.ts";
import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import type { SpendEntry } from "#db/queries/analytics/load-analytics.ts";
import { computedSpend } from "./computed-spend.ts";

export type SpendFacts = {
  /** As it was entered. */
  spend: readonly SpendEntry[];
  deals: readonly Deal[];
  currency: string;
  timeZone: string;
};

export type SpendQuestion = {
  siteId: number;
  from: string;
  to: string;
  now: Date;
  rates: RateTable;
  /** Credit of the range under `DEAL_MODEL`, where it is read already; else null. */
  credit: readonly DayCredit[] | null;
};

/** What counts of a range's spend, row by row as it was paid and as figures have it. */
export type SettledSpend = { paid: SpendEntry[]; spend: SpendEntry[] };

/**
 * What a site's campaigns cost on a range of days, the same for every screen: what was entered, and what deals come to on
 * days without; in the site's currency, the total of each day and currency first. What has no rate keeps its currency.
 */
export async function settleSpend(
  db: Database,
  { spend: entered, deals, currency, timeZone }: SpendFacts,
  { now, ...question }: SpendQuestion,
): Promise<SettledSpend> {
  const today = siteDay(now.getTime(), timeZone);
  const computed = await computedSpend(db, { ...question, deals, today });
  const paid = [...entered, ...computed.filter(countsBesideEntered(entered))];
  const { rates } = question;
  return { paid, spend: convertAmounts(paid, { to: currency, rates, shape: spendAmounts<SpendEntry>() }) };
}
