import { aov, cpa, ctr, cvr, roas, roi } from "#core/roi/ratios.ts";
import type { Figures, Ratio } from "#core/roi/ratios.ts";

import type { KpiAbsence, ReportKpi, ReportKpiKey, ReportUnit } from "./report-model.ts";

type KpiRule = {
  key: ReportKpiKey;
  label: string;
  unit: ReportUnit;
  compute: (figures: Figures) => { value: number | null; reason: KpiAbsence | null };
};

/** In the order of the report's tiles: money first, then people, then reach. */
const RULES: readonly KpiRule[] = [
  { key: "revenue", label: "Revenue", unit: "money", compute: known((figures) => figures.revenueMinor) },
  { key: "spend", label: "Spend", unit: "money", compute: spend },
  { key: "roas", label: "ROAS", unit: "ratio", compute: roas },
  { key: "roi", label: "ROI", unit: "percent", compute: roi },
  {
    key: "conversions",
    label: "Conversions",
    unit: "count",
    compute: known((figures) => figures.conversions),
  },
  { key: "cpa", label: "CPA", unit: "money", compute: cpa },
  { key: "visitors", label: "Visitors", unit: "count", compute: known((figures) => figures.visitors) },
  { key: "cvr", label: "Conversion rate", unit: "percent", compute: cvr },
  {
    key: "impressions",
    label: "Impressions",
    unit: "count",
    compute: known((figures) => figures.impressions),
  },
  { key: "clicks", label: "Clicks", unit: "count", compute: known((figures) => figures.clicks) },
  { key: "ctr", label: "Click-through rate", unit: "percent", compute: ctr },
  { key: "aov", label: "Average order", unit: "money", compute: aov },
];

/** The report's twelve KPIs; `previous` are the figures of the comparison range, null without one. */
export function reportKpis(figures: Figures, previous: Figures | null): ReportKpi[] {
  return RULES.map(({ key, label, unit, compute }) => ({
    key,
    label,
    unit,
    ...compute(figures),
    previous: previous === null ? null : compute(previous).value,
  }));
}

function known(read: (figures: Figures) => number): (figures: Figures) => Ratio {
  return (figures) => ({ value: read(figures), reason: null });
}

function spend({ spendMinor, isSpendForeign }: Figures): Ratio {
  if (isSpendForeign) return { value: null, reason: "currency_mismatch" };
  return spendMinor === null ? { value: null, reason: "no_spend" } : { value: spendMinor, reason: null };
}
