import { groupCredit, sumCreditIn, type DayCredit } from "#core/attribution/credit.ts";
import { CREDIT_AMOUNTS } from "#core/money/amount-shapes.ts";
import { convertAmounts } from "#core/money/convert-amounts.ts";
import type { RateTable } from "#core/money/exchange-rate.ts";
import { DEAL_MODEL, dealSource, isCounted, isPaidByCredit, type Deal } from "#core/spend/deal.ts";
import { dealSpend, type DayCounts } from "#core/spend/deal-spend.ts";
import { monthStart } from "#core/time/calendar.ts";
import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { loadCreditDays } from "#db/queries/analytics/credit-days.ts";
import type { SpendEntry } from "#db/queries/analytics/load-analytics.ts";
import { loadCredit } from "#db/queries/analytics/load-credit.ts";
import { countedDays } from "#db/queries/spend/deal-rows.ts";

export type ComputedQuestion = {
  siteId: number;
  deals: readonly Deal[];
  /** Closed range of the site's days. */
  from: string;
  to: string;
  /** The site's day now. */
  today: string;
  /** Of the days from the first of the month of `from` on. */
  rates: RateTable;
  /** Credit of the range under `DEAL_MODEL`, in its own currencies, where it is read already; else null. */
  credit: readonly DayCredit[] | null;
};

/**
 * What a site's deals come to on the days of a range, from its own counts of this moment: nothing is stored, so later
 * corrections, refunds and matchers are in it. One round trip where counts are needed, a few more for credit.
 */
export async function computedSpend(db: Database, question: ComputedQuestion): Promise<SpendEntry[]> {
  const { deals, from, to, today } = question;
  const counts = await countsOf(db, question);
  return deals.flatMap((deal) =>
    dealSpend(deal, { from, to, today, counts: (day) => counts(deal, day) }).map(({ day, amountMinor }) => ({
      day,
      campaignId: deal.campaignId,
      source: dealSource(deal),
      currency: deal.currency,
      amountMinor,
      note: deal.note,
    })),
  );
}

/** The first day whose counts, and rates, the deals of a range of days depend on. */
export function countedFrom(from: string): string {
  return monthStart(from);
}

type CountsOf = (deal: Deal, day: string) => DayCounts;

async function countsOf(db: Database, question: ComputedQuestion): Promise<CountsOf> {
  const { siteId, deals, to, today, rates } = question;
  const range = { from: countedFrom(question.from), to: to < today ? to : today };
  const campaignIds = [...new Set(deals.filter(isCounted).map(({ campaignId }) => campaignId))];
  const isEmpty = campaignIds.length === 0 || range.to < range.from;
  const [traffic, credit] = await Promise.all([
    isEmpty ? [] : countedDays(db, { siteId, campaignIds, ...range }),
    isEmpty || !deals.some(isPaidByCredit) ? [] : creditOf(db, question, range),
  ]);
  const trafficOn = new Map(traffic.map((row) => [`${row.campaignId} ${row.day}`, row]));
  const creditIn = creditByCurrency(credit, rates);
  return (deal, day) => {
    const key = `${deal.campaignId} ${day}`;
    const { impressions = 0, clicks = 0 } = trafficOn.get(key) ?? {};
    const earned = isPaidByCredit(deal) ? (creditIn(deal.currency).get(key) ?? []) : [];
    return { impressions, clicks, ...earnedOf(deal, earned) };
  };
}

/** A conversion counts whatever its currency; revenue only in a currency that has a rate. */
function earnedOf(deal: Deal, earned: readonly DayCredit[]): Pick<DayCounts, "conversions" | "revenueMinor"> {
  const { conversions, revenueMinor } = sumCreditIn(earned, { ...DEAL_MODEL, currency: deal.currency });
  return { conversions, revenueMinor };
}

/** What is read already is not read again: the days before it, back to the first of the month, are mostly kept. */
async function creditOf(
  db: Database,
  { siteId, from, credit }: ComputedQuestion,
  range: { from: string; to: string },
): Promise<DayCredit[]> {
  if (credit === null) return await loadDealCredit(db, { siteId, ...range });
  if (range.from >= from) return [...credit];
  const before = await loadDealCredit(db, { siteId, from: range.from, to: addDays(from, -1) });
  return [...before, ...credit];
}

async function loadDealCredit(
  db: Database,
  { siteId, from, to }: { siteId: number; from: string; to: string },
): Promise<DayCredit[]> {
  const { lookbackDays, direct } = DEAL_MODEL;
  const question = { siteId, from, to, lookbackDays, direct };
  const known = await loadCreditDays(db, question);
  const { credit } = await loadCredit(db, { ...question, versionFrom: addDays(from, -lookbackDays) }, known);
  return credit;
}

/** Credit by campaign and day, in the currency that a deal is in. */
function creditByCurrency(credit: readonly DayCredit[], rates: RateTable) {
  const known = new Map<string, Map<string, DayCredit[]>>();
  return (currency: string): Map<string, DayCredit[]> => {
    const before = known.get(currency);
    if (before) return before;
    const converted = convertAmounts(credit, { to: currency, rates, shape: CREDIT_AMOUNTS });
    const groups = groupCredit(converted, ({ campaignId, day }) => `${campaignId} ${day}`);
    known.set(currency, groups);
    return groups;
  };
}
