import type { Basis, ChannelRow, DayRow, Kpis } from "#contract/analytics.ts";
import { groupCredit, sumCredit, type DayCredit, type RuleModel } from "#core/attribution/credit.ts";
import { aov, cpa, ctr, cvr, roas, roi, type Figures } from "#core/roi/ratios.ts";
import { daysOf } from "#core/time/site-day.ts";
import type { SpendDay } from "#db/queries/analytics/load-analytics.ts";
import type { GroupTraffic, RangeTraffic } from "./united-traffic.ts";

/** What one range's figures are made of, all of one scope, credit in the site's currency only. */
export type RangeFacts = {
  from: string;
  to: string;
  traffic: RangeTraffic;
  credit: DayCredit[];
  spend: SpendDay[];
  /** Null where it is not known apart from the revenue it lowered. */
  refundMinor: number | null;
};

export type FiguresOptions = { model: RuleModel; currency: string };

/** The KPIs of a range. */
export function kpisOf(facts: RangeFacts, { model, currency }: FiguresOptions): Kpis {
  const { conversions, revenueMinor } = sumCredit(facts.credit, model);
  const spend = spendOf(facts.spend, currency);
  const figures: Figures = { ...facts.traffic.whole, conversions, revenueMinor, ...spend };
  return {
    ...facts.traffic.whole,
    conversions,
    revenueMinor,
    refundMinor: facts.refundMinor,
    spendMinor: spend.spendMinor,
    ctr: ctr(figures),
    cvr: cvr(figures),
    cpa: cpa(figures),
    aov: aov(figures),
    roas: roas(figures),
    roi: roi(figures),
  };
}

/** Spend in one currency; any row of another makes the sum unknown: two currencies without a rate give no number. */
export function spendOf(
  rows: readonly SpendDay[],
  currency: string,
): Pick<Figures, "spendMinor" | "isSpendForeign"> {
  if (rows.length === 0) return { spendMinor: null, isSpendForeign: false };
  if (rows.some((row) => row.currency !== currency)) return { spendMinor: null, isSpendForeign: true };
  return { spendMinor: rows.reduce((sum, row) => sum + row.amountMinor, 0), isSpendForeign: false };
}

const NO_TRAFFIC = { impressions: 0, clicks: 0, pageviews: 0, sessions: 0, visitors: 0 };

/** Every day of the range, the empty ones too. */
export function dayRows(facts: RangeFacts, { model, currency }: FiguresOptions): DayRow[] {
  const traffic = new Map(facts.traffic.days.map((row) => [row.day, row]));
  const credit = groupCredit(facts.credit, ({ day }) => day);
  return daysOf(facts.from, facts.to).map((day) => ({
    ...NO_TRAFFIC,
    ...traffic.get(day),
    day,
    ...sumCredit(credit.get(day) ?? [], model),
    spendMinor: spendOf(
      facts.spend.filter((row) => row.day === day),
      currency,
    ).spendMinor,
  }));
}

/** Every channel that has traffic or credit, the one with most revenue first. */
export function channelRows(
  traffic: readonly GroupTraffic[],
  credit: readonly DayCredit[],
  model: RuleModel,
): ChannelRow[] {
  const byChannel = groupCredit(
    credit.filter((row) => !row.isUnattributed),
    ({ channel }) => channel ?? "unassigned",
  );
  const trafficOf = new Map(traffic.map((row) => [row.key, row]));
  const channels = new Set([...trafficOf.keys(), ...byChannel.keys()]);
  const rows = [...channels].map((channel) => {
    const { impressions = 0, clicks = 0, sessions = 0, visitors = 0 } = trafficOf.get(channel) ?? {};
    return {
      channel,
      impressions,
      clicks,
      sessions,
      visitors,
      ...sumCredit(byChannel.get(channel) ?? [], model),
    };
  });
  return rows.toSorted(
    (a, b) => b.revenueMinor - a.revenueMinor || b.visitors - a.visitors || (a.channel < b.channel ? -1 : 1),
  );
}

/** Credit in other currencies than the site's: named, but in no figure (product.md §6). */
export function otherCurrencies(
  credit: readonly DayCredit[],
  currency: string,
  model: RuleModel,
): Basis["otherCurrencies"] {
  const foreign = groupCredit(
    credit.filter((row) => row.currency !== currency),
    (row) => row.currency,
  );
  return [...foreign].map(([other, rows]) => ({ currency: other, ...sumCredit(rows, model) }));
}
