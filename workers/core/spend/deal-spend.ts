import { roundedQuotient } from "#core/money/convert-minor-units.ts";
import { splitMinorUnitsEvenly } from "#core/money/split-minor-units.ts";
import { monthStart } from "#core/time/calendar.ts";
import { addDays, daysBetween, daysOf } from "#core/time/site-day.ts";
import type { Deal } from "./deal.ts";

/** What a campaign brought on a day; revenue in the deal's currency. */
export type DayCounts = { impressions: number; clicks: number; conversions: number; revenueMinor: number };

export type DealQuestion = {
  /** Closed range of days that is asked for. */
  from: string;
  to: string;
  /** The site's day now: nothing has been counted after it. */
  today: string;
  /** The campaign's counts of a day, from the first of the month of `from` on. */
  counts: (day: string) => DayCounts;
};

export type DealDay = { day: string; amountMinor: number };

const THOUSAND = 1_000n;
/** A share is in hundredths of a per cent. */
const WHOLE_SHARE = 10_000n;

/**
 * What a deal costs on each day of a range. A fixed sum is spread evenly over the deal's days, to the minor unit, the
 * future ones too. What is paid by count follows the counts up to today: the sum of each calendar month is rounded once,
 * half away from zero, as its invoice is, and a day costs what it adds to it. A day without counts costs 0; a day on
 * which refunds exceed revenue gives a revenue share back.
 */
export function dealSpend(deal: Deal, question: DealQuestion): DealDay[] {
  const lastDay = deal.kind === "fixed" ? question.to : earlier(question.to, question.today);
  const from = later(deal.startsOn, question.from);
  const to = earlier(deal.endsOn ?? lastDay, lastDay);
  if (to < from) return [];
  return deal.kind === "fixed" ? fixedDays(deal, from, to) : countedDays(deal, question, { from, to });
}

function fixedDays(deal: Deal, from: string, to: string): DealDay[] {
  const endsOn = deal.endsOn ?? to;
  const shares = splitMinorUnitsEvenly(deal.amountMinor ?? 0, daysBetween(deal.startsOn, endsOn) + 1);
  const offset = daysBetween(deal.startsOn, from);
  return daysOf(from, to).map((day, index) => ({ day, amountMinor: shares[offset + index] ?? 0 }));
}

function countedDays(deal: Deal, { counts }: DealQuestion, range: { from: string; to: string }): DealDay[] {
  const days: DealDay[] = [];
  let month = "";
  let counted = 0n;
  let costed = 0n;
  for (let day = later(deal.startsOn, monthStart(range.from)); day <= range.to; day = addDays(day, 1)) {
    if (monthStart(day) !== month) [month, counted, costed] = [monthStart(day), 0n, 0n];
    counted += BigInt(countOf(deal, counts(day)));
    const sum = costOf(deal, counted);
    if (day >= range.from) days.push({ day, amountMinor: Number(sum - costed) });
    costed = sum;
  }
  return days;
}

function countOf(deal: Deal, counts: DayCounts): number {
  switch (deal.kind) {
    case "cpm":
      return counts.impressions;
    case "cpc":
      return counts.clicks;
    case "cpa":
      // Last touch gives whole conversions; anything else would be a mistake of ours.
      return Math.round(counts.conversions);
    case "revenue_share":
      return counts.revenueMinor;
    case "fixed":
      return 0;
  }
}

function costOf(deal: Deal, count: bigint): bigint {
  if (deal.kind === "revenue_share") {
    const share = BigInt(Math.round((deal.sharePercent ?? 0) * 100));
    return roundedQuotient(count * share, WHOLE_SHARE);
  }
  const price = BigInt(deal.amountMinor ?? 0) * count;
  return deal.kind === "cpm" ? roundedQuotient(price, THOUSAND) : price;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
