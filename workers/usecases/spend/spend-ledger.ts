import { spendAmounts } from "#core/money/amount-shapes.ts";
import { convertAmounts } from "#core/money/convert-amounts.ts";
import { rateTable, type RateTable } from "#core/money/exchange-rate.ts";
import { countsBesideEntered } from "#core/spend/counted-spend.ts";
import { dealSource, type Deal } from "#core/spend/deal.ts";
import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import type { SpendEntry } from "#db/queries/analytics/load-analytics.ts";
import { loadLedger } from "#db/queries/spend/load-ledger.ts";
import { computedSpend, countedFrom } from "./computed-spend.ts";

/** A row of the ledger; its deal where it was worked out. */
export type LedgerEntry = SpendEntry & { deal: Deal | null; isCounted: boolean };

export type Ledger = { entries: LedgerEntry[]; rates: RateTable };

export type LedgerQuestion = { siteId: number; timeZone: string; from: string; to: string; now: Date };

/**
 * What a site's campaigns cost on a range of days: what was entered, and what deals come to. Both are shown; where both
 * are of the same campaign and day, only what was entered counts.
 */
export async function spendLedger(
  db: Database,
  { siteId, timeZone, from, to, now }: LedgerQuestion,
): Promise<Ledger> {
  const ratesFrom = countedFrom(from);
  const { entered, deals, ...stored } = await loadLedger(db, { siteId, from, to, ratesFrom });
  const rates = rateTable(stored.rates);
  const today = siteDay(now.getTime(), timeZone);
  const computed = await computedSpend(db, {
    siteId,
    deals,
    from,
    to,
    today,
    rates,
    credit: null,
  });
  const counts = countsBesideEntered(entered);
  const dealOf = new Map(deals.map((deal) => [dealSource(deal), deal]));
  const entries = [
    ...entered.map((row) => ({ ...row, deal: null, isCounted: true })),
    ...computed.map((row) => ({ ...row, deal: dealOf.get(row.source) ?? null, isCounted: counts(row) })),
  ];
  return { entries, rates };
}

/** Counted entries in one currency, as every screen has them; those without a rate keep their own. */
export function settleEntries(
  { entries, rates }: Pick<Ledger, "entries" | "rates">,
  currency: string,
): Map<LedgerEntry, LedgerEntry> {
  const counted = entries.filter(({ isCounted }) => isCounted);
  const settled = convertAmounts(counted, { to: currency, rates, shape: spendAmounts<LedgerEntry>() });
  return new Map(counted.map((entry, index) => [entry, settled[index] ?? entry]));
}
