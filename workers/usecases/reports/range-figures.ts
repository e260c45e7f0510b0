import { sumCreditIn, type CreditIn, type DayCredit } from "#core/attribution/credit.ts";
import type { KpiFigures } from "#core/report/report-kpis.ts";
import type { ReportDay } from "#core/report/report-model.ts";
import { uniteVisitors } from "#core/rollup/unite-visitors.ts";
import { precisionOf } from "#core/rollup/visitor-sketch.ts";
import type { SpendEntry } from "#db/queries/analytics/load-analytics.ts";
import {
  dayRows,
  marginsOf,
  moneyFigures,
  moneyRatios,
  type FiguresOptions,
  type Margins,
} from "#usecases/analytics/figures.ts";
import { rangeTraffic, type RangeTraffic } from "#usecases/analytics/united-traffic.ts";
import type { CampaignTraffic } from "#db/queries/reports/campaign-traffic.ts";
import { keptCredit } from "./range-credit.ts";
import type { RangeOfSite, SiteFacts } from "./site-facts.ts";

/** A range as the report's campaigns, or the site as a whole, have it. */
export type RangeView = {
  from: string;
  to: string;
  currency: string;
  traffic: RangeTraffic;
  /** What the figures of the whole are made of, and those of its days; null where no day has any of its own. */
  whole: DayCredit[];
  daily: DayCredit[] | null;
  /** Whether `daily` is what `whole` is made of; else it has its totals, but shared out by another model. */
  isSameCredit: boolean;
  /** What the campaigns earned under the model: under participation more than the whole. */
  groups: DayCredit[];
  spend: SpendEntry[];
  margins: Margins;
};

/** Credit rows have the same figures under every name. */
const CARRIER = "last";

/** A range of a site, narrowed to the campaigns that the report is about. */
export function viewOf(range: RangeOfSite, { question: { own, options, currency } }: SiteFacts): RangeView {
  const { facts, credit, from, to } = range;
  const margins = marginsOf(facts);
  const base = { from, to, currency, groups: credit.rows };
  if (own.length === 0) {
    const kept = keptCredit(facts, CARRIER).rows;
    const { model } = options;
    return {
      ...base,
      traffic: rangeTraffic(facts, "site"),
      // Every model shares out the same total, day by day, but for the one that counts a conversion more than once.
      whole: model === "participation" ? kept : credit.rows,
      daily: credit.isDaily && model !== "participation" ? credit.rows : kept,
      isSameCredit: credit.isDaily,
      spend: facts.spend,
      margins,
    };
  }
  const ids = new Set(own.map(({ id }) => id));
  const rows = credit.rows.filter(({ campaignId }) => campaignId !== null && ids.has(campaignId));
  const [only] = own;
  return {
    ...base,
    groups: rows,
    traffic: unitedTraffic(range.traffic),
    whole: rows,
    daily: credit.isDaily ? rows : null,
    isSameCredit: credit.isDaily,
    spend: facts.spend.filter(({ campaignId }) => ids.has(campaignId)),
    margins: own.length === 1 && only ? { ...margins, whole: margins.of(only.id) } : margins,
  };
}

/** Several campaigns' traffic: people who met two of them are one visitor of the range, and one of each on a day. */
function unitedTraffic(campaigns: readonly CampaignTraffic[]): RangeTraffic {
  const [only] = campaigns;
  if (campaigns.length === 1 && only) return rangeTraffic(only, "campaign");
  const parts = campaigns.map((campaign) => rangeTraffic(campaign, "campaign"));
  const periods = campaigns.flatMap(({ whole }) => whole?.periods ?? []);
  const { visitors, margin } = uniteVisitors(periods, precisionOf("campaign", "all"));
  const days = new Map<string, RangeTraffic["days"][number]>();
  for (const row of parts.flatMap((part) => part.days)) {
    const known = days.get(row.day);
    days.set(row.day, known ? addTraffic(known, row) : row);
  }
  const sum = (of: (whole: RangeTraffic["whole"]) => number) =>
    parts.reduce((total, { whole }) => total + of(whole), 0);
  return {
    days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    whole: {
      impressions: sum((whole) => whole.impressions),
      clicks: sum((whole) => whole.clicks),
      pageviews: sum((whole) => whole.pageviews),
      sessions: sum((whole) => whole.sessions),
      visitors,
      visitorsMargin: margin,
    },
  };
}

type TrafficDay = RangeTraffic["days"][number];

function addTraffic(a: TrafficDay, b: TrafficDay): TrafficDay {
  return {
    day: a.day,
    impressions: a.impressions + b.impressions,
    clicks: a.clicks + b.clicks,
    pageviews: a.pageviews + b.pageviews,
    sessions: a.sessions + b.sessions,
    visitors: a.visitors + b.visitors,
  };
}

/** The figures of a range as a whole. */
export function figuresOf(view: RangeView): KpiFigures {
  const { impressions, clicks, visitors } = view.traffic.whole;
  return {
    impressions,
    clicks,
    visitors,
    ...moneyFigures({ ...view, credit: view.whole }, optionsOf(view)),
    paybackDays: paybackOf(view),
  };
}

/** How long it took shows day by day: credit of the range as a whole does not tell. */
function paybackOf(view: RangeView): KpiFigures["paybackDays"] {
  const { daily, isSameCredit } = view;
  if (daily === null || !isSameCredit) return { value: null, reason: "no_data" };
  const money = moneyFigures({ ...view, credit: daily }, optionsOf(view));
  const figures = { impressions: 0, clicks: 0, visitors: 0, ...money };
  return moneyRatios({ ...view, credit: daily }, figures, optionsOf(view)).paybackDays;
}

/** Every day of the range, the empty ones too; none where no day has figures of its own. */
export function reportDays(view: RangeView): ReportDay[] {
  const { daily, from, to, traffic, spend, margins } = view;
  if (daily === null) return [];
  const rows = dayRows(
    { from, to, traffic, credit: daily, spend, refundMinor: null, margins },
    optionsOf(view),
  );
  return rows.map((row) => {
    const { pageviews: _, sessions: __, ...figures } = row;
    return figures;
  });
}

/** What rows of credit come to in the report's currency. */
export function creditSum(rows: readonly DayCredit[], view: Pick<RangeView, "currency">): CreditIn {
  return sumCreditIn(rows, optionsOf(view));
}

export function optionsOf({ currency }: Pick<RangeView, "currency">): FiguresOptions {
  return { model: CARRIER, currency };
}
