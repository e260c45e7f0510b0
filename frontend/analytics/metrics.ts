import type { DayRow, Kpis, MissingBase, Ratio } from "#contract/analytics.ts";
import { formatMoney, formatMoneyCompact, formatMoneyShort } from "#frontend/format/money.ts";
import {
  formatCompact,
  formatCount,
  formatCredit,
  formatMultiple,
  formatShare,
} from "#frontend/format/number.ts";

export type MetricKey =
  | "revenue"
  | "conversions"
  | "visitors"
  | "clicks"
  | "impressions"
  | "spend"
  | "roas"
  | "roi"
  | "cpa"
  | "cvr"
  | "ctr"
  | "aov"
  | "roiWithMargin"
  | "breakEvenRoas"
  | "breakEvenCpa"
  | "paybackDays";

type Unit = "count" | "credit" | "money" | "multiple" | "share" | "days";

export type Metric = {
  key: MetricKey;
  label: string;
  /** One line, on hover and focus. */
  explanation: string;
  unit: Unit;
  /** Which way is good news. */
  better: "more" | "less" | "neutral";
  total: (kpis: Kpis) => number | null;
  reason: (kpis: Kpis) => MissingBase | null;
  /** The same figure for one day; null when that day has no base. */
  day: (row: DayRow) => number | null;
};

const whole = (pick: (kpis: Kpis) => number) => ({ total: pick, reason: () => null });
const ratio = (pick: (kpis: Kpis) => Ratio) => ({
  total: (kpis: Kpis) => pick(kpis).value,
  reason: (kpis: Kpis) => pick(kpis).reason,
});

/** A ratio without a base has no value. */
function divide(above: number, below: number | null): number | null {
  return below === null || below <= 0 ? null : above / below;
}

/** A day that earned something without a rate has none, as the whole has none then. */
function overRevenue(compute: (row: DayRow) => number | null): Metric["day"] {
  return (row) => (row.isRevenueForeign ? null : compute(row));
}

export const METRICS: Readonly<Record<MetricKey, Metric>> = {
  revenue: {
    key: "revenue",
    label: "Revenue",
    explanation: "Value of conversions minus refunds, in the site's currency, as far as there are rates.",
    unit: "money",
    better: "more",
    ...whole((kpis) => kpis.revenueMinor),
    day: (row) => row.revenueMinor,
  },
  conversions: {
    key: "conversions",
    label: "Conversions",
    explanation: "Valued outcomes, such as orders. Linear attribution may give a campaign part of one.",
    unit: "credit",
    better: "more",
    ...whole((kpis) => kpis.conversions),
    day: (row) => row.conversions,
  },
  visitors: {
    key: "visitors",
    label: "Visitors",
    explanation:
      "Different browsers seen, without bots. One browser seen on two days counts once in the total.",
    unit: "count",
    better: "more",
    ...whole((kpis) => kpis.visitors),
    day: (row) => row.visitors,
  },
  clicks: {
    key: "clicks",
    label: "Clicks",
    explanation: "Clicks on short links and on links the pixel watches.",
    unit: "count",
    better: "more",
    ...whole((kpis) => kpis.clicks),
    day: (row) => row.clicks,
  },
  impressions: {
    key: "impressions",
    label: "Impressions",
    explanation: "Times an ad was shown, as the image pixel counted them.",
    unit: "count",
    better: "more",
    ...whole((kpis) => kpis.impressions),
    day: (row) => row.impressions,
  },
  spend: {
    key: "spend",
    label: "Spend",
    explanation: "What the campaigns cost on these days: entered, imported, or by their deals.",
    unit: "money",
    better: "neutral",
    total: (kpis) => kpis.spendMinor,
    reason: (kpis) => (kpis.spendMinor === null ? (kpis.cpa.reason ?? "no_spend") : null),
    day: (row) => row.spendMinor,
  },
  roas: {
    key: "roas",
    label: "ROAS",
    explanation: "Return on ad spend: revenue divided by spend.",
    unit: "multiple",
    better: "more",
    ...ratio((kpis) => kpis.roas),
    day: overRevenue((row) => divide(row.revenueMinor, row.spendMinor)),
  },
  roi: {
    key: "roi",
    label: "ROI",
    explanation: "Return on investment: revenue minus spend, divided by spend.",
    unit: "share",
    better: "more",
    ...ratio((kpis) => kpis.roi),
    day: overRevenue((row) => divide(row.revenueMinor - (row.spendMinor ?? 0), row.spendMinor)),
  },
  cpa: {
    key: "cpa",
    label: "CPA",
    explanation: "Cost per acquisition: spend divided by conversions.",
    unit: "money",
    better: "less",
    ...ratio((kpis) => kpis.cpa),
    day: (row) => (row.spendMinor === null ? null : divide(row.spendMinor, row.conversions)),
  },
  cvr: {
    key: "cvr",
    label: "CVR",
    explanation: "Conversion rate: conversions divided by visitors.",
    unit: "share",
    better: "more",
    ...ratio((kpis) => kpis.cvr),
    day: (row) => divide(row.conversions, row.visitors),
  },
  ctr: {
    key: "ctr",
    label: "CTR",
    explanation: "Click-through rate: clicks divided by impressions.",
    unit: "share",
    better: "more",
    ...ratio((kpis) => kpis.ctr),
    day: (row) => divide(row.clicks, row.impressions),
  },
  roiWithMargin: {
    key: "roiWithMargin",
    label: "ROI with margin",
    explanation: "What is left of revenue after the cost of goods, minus spend, divided by spend.",
    unit: "share",
    better: "more",
    ...ratio((kpis) => kpis.roiWithMargin),
    day: () => null,
  },
  breakEvenRoas: {
    key: "breakEvenRoas",
    label: "Break-even ROAS",
    explanation: "The ROAS at which the margin just pays for the spend: 1 divided by the margin.",
    unit: "multiple",
    better: "neutral",
    ...ratio((kpis) => kpis.breakEvenRoas),
    day: () => null,
  },
  breakEvenCpa: {
    key: "breakEvenCpa",
    label: "Break-even CPA",
    explanation: "The most a conversion may cost before it loses money: the margin of an average order.",
    unit: "money",
    better: "neutral",
    ...ratio((kpis) => kpis.breakEvenCpa),
    day: () => null,
  },
  paybackDays: {
    key: "paybackDays",
    label: "Payback",
    explanation:
      "Days from the first spend until what came in covers it for good; with a margin, until the margin does.",
    unit: "days",
    better: "less",
    ...ratio((kpis) => kpis.paybackDays),
    day: () => null,
  },
  aov: {
    key: "aov",
    label: "AOV",
    explanation: "Average order value: revenue divided by conversions.",
    unit: "money",
    better: "more",
    ...ratio((kpis) => kpis.aov),
    day: overRevenue((row) => divide(row.revenueMinor, row.conversions)),
  },
};

/** The figure as tiles and tables show it. */
export function formatMetric(metric: Metric, value: number, currency: string): string {
  switch (metric.unit) {
    case "count":
      return formatCount(value);
    case "credit":
      return formatCredit(value);
    case "money":
      return formatMoneyShort(Math.round(value), currency);
    case "multiple":
      return formatMultiple(value);
    case "share":
      return formatShare(value);
    case "days":
      return value === 1 ? "1 day" : `${formatCount(value)} days`;
  }
}

/** The figure exactly, for the chart's crosshair. */
export function formatMetricExact(metric: Metric, value: number, currency: string): string {
  return metric.unit === "money"
    ? formatMoney(Math.round(value), currency)
    : formatMetric(metric, value, currency);
}

/** The figure on an axis. */
export function formatMetricAxis(metric: Metric, value: number, currency: string): string {
  if (metric.unit === "money") return formatMoneyCompact(value, currency);
  if (metric.unit === "share") return `${formatCompact(Math.round(value * 1_000) / 10)}%`;
  return metric.unit === "multiple" ? `${formatCompact(value)}×` : formatCompact(value);
}
