import type { KpiAbsence, ReportKpi, ReportKpiKey } from "#core/report/report-model.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";

export type Tone = "good" | "bad" | "neutral";

/** A change against the comparison range: an arrow and words, so that it is never told by colour alone. */
export type KpiChange = { arrow: "↑" | "↓" | ""; words: string; tone: Tone };

/** What a rise means. Spend is neither: more of it may be meant. */
const RISE_MEANS: { readonly [key in ReportKpiKey]: Tone } = {
  revenue: "good",
  spend: "neutral",
  roas: "good",
  roi: "good",
  conversions: "good",
  cpa: "bad",
  visitors: "good",
  clicks: "good",
  impressions: "neutral",
  ctr: "good",
  cvr: "good",
  aov: "good",
};

const ABSENCE_WORDS: { readonly [reason in KpiAbsence]: string } = {
  no_spend: "Nothing spent in these days: add spend to see it",
  no_conversions: "No conversions in these days",
  no_visitors: "No visitors in these days",
  no_impressions: "No impressions in these days",
  currency_mismatch: "Spend is in another currency, without a rate",
  no_margin: "No margin is known: set it to see this",
  not_paid_back: "Not paid back in these days",
  no_budget: "No budget is set",
  no_flight: "No first and last day are set",
  not_started: "Not started yet",
  no_data: "No data for these days",
};

const RATHER_TIMES_ABOVE = 10;
const TENTHS_BELOW = 0.1;

export function kpiValue(kpi: ReportKpi, formats: ReportFormats): string {
  return kpi.value === null ? NO_VALUE : formatUnit(kpi.value, kpi.unit, formats);
}

export function absenceWords(reason: KpiAbsence | null): string {
  return ABSENCE_WORDS[reason ?? "no_data"];
}

/** Null when there is nothing to compare. */
export function kpiChange(kpi: ReportKpi, formats: ReportFormats): KpiChange | null {
  if (kpi.value === null || kpi.previous === null) return null;
  const difference = kpi.value - kpi.previous;
  if (difference === 0) return { arrow: "", words: "no change", tone: "neutral" };
  const size = changeSize(kpi, formats);
  const rise = RISE_MEANS[kpi.key];
  return difference > 0
    ? { arrow: "↑", words: `up ${size}`, tone: rise }
    : { arrow: "↓", words: `down ${size}`, tone: opposite(rise) };
}

/** Shares differ by points; the rest by its part of what it was, or from zero by the amount itself. */
function changeSize(kpi: ReportKpi, formats: ReportFormats): string {
  const previous = kpi.previous ?? 0;
  const difference = Math.abs((kpi.value ?? 0) - previous);
  if (kpi.unit === "percent") return points(difference * 100, formats);
  if (previous === 0) return `${formatUnit(difference, kpi.unit, formats)} from zero`;
  return relativeSize(difference / Math.abs(previous), formats);
}

/** A tenth of a point is enough where there is at least one point. */
function points(difference: number, formats: ReportFormats): string {
  const rounded = difference >= 1 ? Math.round(difference * 10) / 10 : difference;
  return `${formats.credit(rounded)} points`;
}

/** 0.034 → "3.4%", 0.12 → "12%", 14.2 → "14.2×" without a sign, which the word carries. */
export function relativeSize(share: number, formats: ReportFormats): string {
  if (share >= RATHER_TIMES_ABOVE) return `${formats.credit(Math.round(share * 10) / 10)}×`;
  return share < TENTHS_BELOW ? formats.percent(share) : formats.wholePercent(share);
}

function formatUnit(value: number, unit: ReportKpi["unit"], formats: ReportFormats): string {
  switch (unit) {
    case "count":
      return formats.credit(value);
    case "money":
      return formats.money(value);
    case "ratio":
      return formats.ratio(value);
    case "percent":
      return formats.percent(value);
  }
}

function opposite(tone: Tone): Tone {
  if (tone === "good") return "bad";
  return tone === "bad" ? "good" : "neutral";
}
