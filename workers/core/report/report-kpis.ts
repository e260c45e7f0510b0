import { cpaInterval, roasInterval } from "#core/attribution/interval.ts";
import { breakEvenCpa, roiWithMargin, type MarginFigures } from "#core/roi/margin.ts";
import { aov, cpa, ctr, cvr, roas, roi } from "#core/roi/ratios.ts";

import type { KpiAbsence, ReportKind, ReportKpi, ReportKpiKey, ReportUnit } from "./report-model.ts";
import type { ReportInterval } from "./report-tables.ts";

/** What KPIs are made of. */
export type KpiFigures = MarginFigures & {
  /** Worked out from days, which figures of a range do not have. */
  paybackDays: Kpi;
};

/** Of the credit behind them; null where it cannot be told. */
export type KpiCertainty = {
  conversions: ReportInterval | null;
  revenue: ReportInterval | null;
  /** Fewer than 30 converting journeys. */
  tooFew: boolean;
};

type Kpi = { value: number | null; reason: KpiAbsence | null };

type KpiRule = {
  unit: ReportUnit;
  compute: (figures: KpiFigures) => Kpi;
  /** Of what is made of credit. */
  interval?: (certainty: KpiCertainty, figures: KpiFigures) => ReportInterval | null;
};

const RULES: Readonly<Record<ReportKpiKey, KpiRule>> = {
  revenue: {
    unit: "money",
    compute: known((figures) => figures.revenueMinor),
    interval: ({ revenue }) => revenue,
  },
  spend: { unit: "money", compute: spend },
  grossProfit: { unit: "money", compute: grossProfit, interval: none },
  roas: { unit: "ratio", compute: roas, interval: roasRange },
  roi: { unit: "percent", compute: roi, interval: roiRange },
  roiWithMargin: { unit: "percent", compute: roiWithMargin, interval: none },
  conversions: {
    unit: "count",
    compute: known((figures) => figures.conversions),
    interval: ({ conversions }) => conversions,
  },
  cpa: { unit: "money", compute: cpa, interval: cpaRange },
  breakEvenCpa: { unit: "money", compute: breakEvenCpa, interval: none },
  paybackDays: { unit: "days", compute: ({ paybackDays }) => paybackDays, interval: none },
  visitors: { unit: "count", compute: known((figures) => figures.visitors) },
  clicks: { unit: "count", compute: known((figures) => figures.clicks) },
  impressions: { unit: "count", compute: known((figures) => figures.impressions) },
  ctr: { unit: "percent", compute: ctr },
  cvr: { unit: "percent", compute: cvr, interval: none },
  aov: { unit: "money", compute: aov, interval: none },
};

// In the order of the tiles. Money first, then people, then reach; a sponsor is told of the reach first.
const PERFORMANCE: readonly ReportKpiKey[] = [
  "revenue",
  "spend",
  "roas",
  "roi",
  "conversions",
  "cpa",
  "visitors",
  "cvr",
  "impressions",
  "clicks",
  "ctr",
  "aov",
];

const KEYS: Readonly<Record<ReportKind, readonly ReportKpiKey[]>> = {
  "campaign-performance": PERFORMANCE,
  "executive-summary": PERFORMANCE,
  sponsor: [
    "impressions",
    "clicks",
    "ctr",
    "visitors",
    "conversions",
    "cvr",
    "revenue",
    "aov",
    "spend",
    "cpa",
    "roas",
    "roi",
  ],
  roi: [
    "spend",
    "revenue",
    "grossProfit",
    "roi",
    "roiWithMargin",
    "roas",
    "conversions",
    "cpa",
    "breakEvenCpa",
    "paybackDays",
    "aov",
    "visitors",
  ],
};

export type KpiFacts = {
  kind: ReportKind;
  figures: KpiFigures;
  /** Of the comparison range; null without one. */
  previous: KpiFigures | null;
  certainty: KpiCertainty;
};

/** A report's twelve KPIs. */
export function reportKpis({ kind, figures, previous, certainty }: KpiFacts): ReportKpi[] {
  return KEYS[kind].map((key) => {
    const { unit, compute, interval } = RULES[key];
    const { value, reason } = compute(figures);
    return {
      key,
      unit,
      value,
      reason,
      interval: value === null ? null : (interval?.(certainty, figures) ?? null),
      tooFew: interval !== undefined && certainty.tooFew,
      previous: previous === null ? null : compute(previous).value,
    };
  });
}

function known(read: (figures: KpiFigures) => number): (figures: KpiFigures) => Kpi {
  return (figures) => ({ value: read(figures), reason: null });
}

function spend({ spendMinor, isSpendForeign }: KpiFigures): Kpi {
  if (isSpendForeign) return { value: null, reason: "currency_mismatch" };
  return spendMinor === null ? { value: null, reason: "no_spend" } : { value: spendMinor, reason: null };
}

function grossProfit({ grossProfitMinor }: KpiFigures): Kpi {
  return { value: grossProfitMinor, reason: grossProfitMinor === null ? "no_margin" : null };
}

/** Made of credit, but its interval is not told. */
function none(): null {
  return null;
}

function roasRange({ revenue }: KpiCertainty, { spendMinor, isSpendForeign }: KpiFigures) {
  return revenue === null || spendMinor === null || isSpendForeign ? null : roasInterval(revenue, spendMinor);
}

function roiRange(certainty: KpiCertainty, figures: KpiFigures): ReportInterval | null {
  const range = roasRange(certainty, figures);
  return range && { low: range.low - 1, high: range.high - 1 };
}

function cpaRange({ conversions }: KpiCertainty, { spendMinor, isSpendForeign }: KpiFigures) {
  return conversions === null || spendMinor === null || isSpendForeign
    ? null
    : cpaInterval(spendMinor, conversions);
}
