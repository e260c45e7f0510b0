import { dayFactors, type DayFactor } from "#core/money/day-factors.ts";
import { rateTable } from "#core/money/exchange-rate.ts";
import { firstDayThatCounts } from "#core/spend/first-day-that-counts.ts";
import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import type { AttributionState, StateKey } from "#db/queries/attribution/load-state.ts";
import { convertedAmong } from "#usecases/analytics/settle-money.ts";
import { countedFrom } from "#usecases/spend/computed-spend.ts";
import { settleSpend } from "#usecases/spend/settle-spend.ts";
import type { AttributionQuestion } from "./attribution-question.ts";

/** What an answer is shown with; spend is in the site's currency as far as there are rates, and holds what deals come to. */
export type SettledState = AttributionState & {
  /** Each row of spend as it was paid. */
  paidSpend: AttributionState["spend"];
  /** Currencies of spend that were converted. */
  spendCurrencies: string[];
};

type Range = Pick<AttributionQuestion, "from" | "to" | "options" | "currency"> & { siteId: number };

/** The days whose facts and rates the state of a range is made of. */
export function stateKey({ siteId, from, to, options, currency }: Range): StateKey {
  const { lookbackDays } = options;
  return {
    siteId,
    from,
    to,
    lookbackFrom: addDays(from, -lookbackDays),
    versionFrom: firstDayThatCounts(from, lookbackDays),
    ratesFrom: countedFrom(from),
    currency,
  };
}

/** What converts the money of each day of the range. */
export function factorsOf(
  { rates, currency }: Pick<AttributionState, "rates" | "currency">,
  { from, to }: Pick<AttributionQuestion, "from" | "to">,
): DayFactor[] {
  return dayFactors(rates, { currency, from, to });
}

/** Currencies of conversions and refunds that are converted, by what has been rolled up. */
export function convertedRevenue(
  { currency, paidCurrencies }: Pick<AttributionState, "currency" | "paidCurrencies">,
  factors: readonly DayFactor[],
): string[] {
  const known = new Set(factors.map((factor) => factor.currency));
  return paidCurrencies.filter((paid) => paid !== currency && known.has(paid));
}

/** Works out what deals come to and converts all spend: as the overview has it. */
export async function settleState(
  db: Database,
  state: AttributionState,
  { siteId, from, to, now }: Omit<Range, "options"> & { now: Date },
): Promise<SettledState> {
  const rates = rateTable(state.rates);
  const { paid, spend } = await settleSpend(db, state, { siteId, from, to, now, rates, credit: null });
  const spendCurrencies = [...new Set(convertedAmong(paid, spend))];
  return { ...state, spend, paidSpend: paid, spendCurrencies };
}
