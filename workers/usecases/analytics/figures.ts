import type { Basis, ChannelRow, DayRow, Kpis } from "#contract/analytics.ts";
import {
  groupCredit,
  sumCredit,
  sumCreditIn,
  type DayCredit,
  type RuleModel,
} from "#core/attribution/credit.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import {
  breakEvenCpa,
  breakEvenRoas,
  grossProfitOf,
  roiWithMargin,
  type MarginFigures,
} from "#core/roi/margin.ts";
import { paybackDays } from "#core/roi/payback-days.ts";
import { aov, cpa, ctr, cvr, overRevenue, roas, roi, type Figures, type Ratio } from "#core/roi/ratios.ts";
import { daysOf } from "#core/time/site-day.ts";
import type { AnalyticsFacts, SpendDay } from "#db/queries/analytics/load-analytics.ts";
import type { GroupTraffic, RangeTraffic } from "./united-traffic.ts";

/** What one range's figures are made of, all of one scope; credit without a rate is in its own currency. */
export type RangeFacts = {
  from: string;
  to: string;
  traffic: RangeTraffic;
  credit: DayCredit[];
  spend: SpendDay[];
  /** Null where it is not known apart from the revenue it lowered. */
  refundMinor: number | null;
  margins: Margins;
};

/** Margins in per cent; null where nobody said. */
export type Margins = {
  /** Of the scope as a whole: where nothing was earned it is all there is to go by. */
  whole: number | null;
  /** Of what a campaign earned; null for what none did. */
  of: (campaignId: number | null) => number | null;
};

/** A campaign's own margin, else the site's. */
export function marginsOf(facts: Pick<AnalyticsFacts, "campaigns" | "marginPercent">): Margins {
  const own = new Map(facts.campaigns.map(({ id, marginPercent }) => [id, marginPercent]));
  return {
    whole: facts.marginPercent,
    of: (campaignId) => (campaignId === null ? null : own.get(campaignId)) ?? facts.marginPercent,
  };
}

export type FiguresOptions = { model: RuleModel; currency: string };

/** The KPIs of a range. */
export function kpisOf(facts: RangeFacts, options: FiguresOptions): Kpis {
  const money = moneyFigures(facts, options);
  const figures = { ...facts.traffic.whole, ...money };
  return {
    ...facts.traffic.whole,
    conversions: money.conversions,
    revenueMinor: money.revenueMinor,
    refundMinor: facts.refundMinor,
    spendMinor: money.spendMinor,
    grossProfitMinor: money.grossProfitMinor,
    ctr: ctr(figures),
    cvr: cvr(figures),
    aov: aov(figures),
    ...moneyRatios(facts, figures, options),
  };
}

type MoneyFacts = Pick<RangeFacts, "credit" | "spend" | "margins">;
type MoneyFigures = Omit<MarginFigures, "impressions" | "clicks" | "visitors">;

/** What a scope earned, cost and kept. */
export function moneyFigures(facts: MoneyFacts, options: FiguresOptions): MoneyFigures {
  const earned = sumCreditIn(facts.credit, options);
  const grossProfitMinor = grossProfit(facts, options);
  const margin =
    grossProfitMinor !== null && earned.revenueMinor > 0
      ? grossProfitMinor / earned.revenueMinor
      : facts.margins.whole === null
        ? null
        : facts.margins.whole / 100;
  return { ...earned, ...spendOf(facts.spend, options.currency), grossProfitMinor, margin };
}

export type MoneyRatios = Record<
  "cpa" | "roas" | "roi" | "roiWithMargin" | "breakEvenRoas" | "breakEvenCpa" | "paybackDays",
  Ratio
>;

/** The ratios of a scope's money. */
export function moneyRatios(facts: MoneyFacts, figures: MarginFigures, options: FiguresOptions): MoneyRatios {
  return {
    cpa: cpa(figures),
    roas: roas(figures),
    roi: roi(figures),
    roiWithMargin: roiWithMargin(figures),
    breakEvenRoas: breakEvenRoas(figures),
    breakEvenCpa: breakEvenCpa(figures),
    paybackDays: overRevenue(figures, () =>
      figures.isSpendForeign
        ? { value: null, reason: "currency_mismatch" }
        : paybackDays(paybackRows(facts, figures.grossProfitMinor !== null, options)),
    ),
  };
}

/** Every day on which something was earned or spent, oldest first; gross profit where it is known of the whole. */
function paybackRows({ credit, spend, margins }: MoneyFacts, hasMargin: boolean, options: FiguresOptions) {
  const creditOn = groupCredit(credit, ({ day }) => day);
  const spendOn = groupRows(spend, ({ day }) => day);
  const days = [...new Set([...creditOn.keys(), ...spendOn.keys()])].toSorted();
  return days.map((day) => {
    const earned = creditOn.get(day) ?? [];
    return {
      day,
      earnedMinor: hasMargin
        ? (grossProfit({ credit: earned, margins }, options) ?? 0)
        : sumCreditIn(earned, options).revenueMinor,
      spendMinor: spendOf(spendOn.get(day) ?? [], options.currency).spendMinor,
    };
  });
}

/** margin × revenue, campaign by campaign: each has its own margin. */
function grossProfit({ credit, margins }: Pick<MoneyFacts, "credit" | "margins">, options: FiguresOptions) {
  const byCampaign = groupCredit(credit, ({ campaignId }) => campaignId);
  const parts = [...byCampaign].map(([campaignId, rows]) => ({
    revenueMinor: sumCreditIn(rows, options).revenueMinor,
    marginPercent: margins.of(campaignId),
  }));
  return grossProfitOf(parts.length > 0 ? parts : [{ revenueMinor: 0, marginPercent: margins.whole }]);
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
export function dayRows(facts: RangeFacts, options: FiguresOptions): DayRow[] {
  const traffic = new Map(facts.traffic.days.map((row) => [row.day, row]));
  const credit = groupCredit(facts.credit, ({ day }) => day);
  const spend = groupRows(facts.spend, ({ day }) => day);
  return daysOf(facts.from, facts.to).map((day) => ({
    ...NO_TRAFFIC,
    ...traffic.get(day),
    day,
    ...sumCreditIn(credit.get(day) ?? [], options),
    spendMinor: spendOf(spend.get(day) ?? [], options.currency).spendMinor,
  }));
}

/** Every channel that has traffic or credit, the one with most revenue first. */
export function channelRows(
  traffic: readonly GroupTraffic[],
  credit: readonly DayCredit[],
  options: FiguresOptions,
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
      ...sumCreditIn(byChannel.get(channel) ?? [], options),
    };
  });
  return rows.toSorted(
    (a, b) => b.revenueMinor - a.revenueMinor || b.visitors - a.visitors || (a.channel < b.channel ? -1 : 1),
  );
}

/** Credit in other currencies than the site's: its money is named, and in no figure (product.md §6). */
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
