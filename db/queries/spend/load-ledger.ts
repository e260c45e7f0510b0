import type { StoredRate } from "#core/money/exchange-rate.ts";
import type { Deal } from "#core/spend/deal.ts";
import type { Database } from "#db/database.ts";
import { spendEntry, type SpendEntry, type SpendSqlRow } from "#db/queries/analytics/load-analytics.ts";
import { spendRows } from "#db/queries/analytics/traffic.ts";
import { dealsOf, readDeals, type RawDeal } from "./deal-rows.ts";
import { ratesInUse, readRates, type RawRate } from "./rate-rows.ts";

export type LedgerQuestion = {
  siteId: number;
  /** Closed range of the site's days. */
  from: string;
  to: string;
  /** First day whose rates can be needed. */
  ratesFrom: string;
};

/** What was entered on a range of days, the deals that touch it, and the rates they can need: one round trip. */
export async function loadLedger(
  db: Database,
  { siteId, from, to, ratesFrom }: LedgerQuestion,
): Promise<{ entered: SpendEntry[]; deals: Deal[]; rates: StoredRate[] }> {
  const [entered, deals, rates] = await db.batch([
    db.execute<SpendSqlRow>(spendRows(siteId, from, to)),
    db.execute<RawDeal>(dealsOf(siteId, from, to)),
    db.execute<RawRate>(ratesInUse({ siteId, from: ratesFrom, to })),
  ]);
  return {
    entered: entered.rows.map(spendEntry),
    deals: readDeals(deals.rows),
    rates: readRates(rates.rows),
  };
}
