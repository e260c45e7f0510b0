import type { ReportKpi, ReportKpiKey } from "#core/report/report-model.ts";
import { relativeChange } from "#core/roi/relative-change.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";

import { creditIntervalText, moneyIntervalText } from "./interval-text.ts";
import type { ReportVoice } from "./report-voice.ts";
import type { ReportWords } from "./report-words.ts";

export type Tone = "good" | "bad" | "neutral";

/** A change against the comparison range: an arrow and words, so that it is never told by colour alone. */
export type KpiChange = { arrow: "↑" | "↓" | ""; words: string; tone: Tone };

/** What a rise means. Spend is neither: more of it may be meant. */
const RISE_MEANS: { readonly [key in ReportKpiKey]: Tone } = {
  revenue: "good",
  spend: "neutral",
  grossProfit: "good",
  roas: "good",
  roi: "good",
  roiWithMargin: "good",
  conversions: "good",
  cpa: "bad",
  breakEvenCpa: "neutral",
  paybackDays: "bad",
  visitors: "good",
  clicks: "good",
  impressions: "neutral",
  ctr: "good",
  cvr: "good",
  aov: "good",
};

const RATHER_TIMES_ABOVE = 10;
const TENTHS_BELOW = 0.1;

export function kpiValue(kpi: ReportKpi, voice: ReportVoice): string {
  return kpi.value === null ? NO_VALUE : unitText(kpi.value, kpi.unit, voice);
}

/** "€290 – €380", the ends of its 95 % interval; null where there is none. */
export function kpiInterval({ interval, unit }: ReportKpi, voice: ReportVoice): string | null {
  if (interval === null || unit === "money") return moneyIntervalText(interval, voice.formats);
  if (unit === "count") return creditIntervalText(interval, voice.formats);
  return `${unitText(interval.low, unit, voice)} – ${unitText(interval.high, unit, voice)}`;
}

/** Null where there is a value. */
export function absenceWords({ value, reason }: ReportKpi, words: ReportWords): string | null {
  return value === null ? words.absence[reason ?? "no_data"] : null;
}

/** Null when there is nothing to compare. */
export function kpiChange(kpi: ReportKpi, voice: ReportVoice): KpiChange | null {
  if (kpi.value === null || kpi.previous === null) return null;
  const { change } = voice.words;
  const difference = kpi.value - kpi.previous;
  if (difference === 0) return { arrow: "", words: change.none, tone: "neutral" };
  const size = changeSize(kpi, voice);
  const rise = RISE_MEANS[kpi.key];
  return difference > 0
    ? { arrow: "↑", words: change.up(size), tone: rise }
    : { arrow: "↓", words: change.down(size), tone: opposite(rise) };
}

/** Of an amount of which more is good; null when there is nothing to compare. */
export function amountChange(value: number, previous: number | null, voice: ReportVoice): KpiChange | null {
  return kpiChange(
    { key: "revenue", unit: "money", value, previous, interval: null, tooFew: false, reason: null },
    voice,
  );
}

/** Shares differ by points; the rest by its part of what it was, or from zero and below by the amount itself. */
function changeSize(kpi: ReportKpi, voice: ReportVoice): string {
  const { change } = voice.words;
  const previous = kpi.previous ?? 0;
  const difference = Math.abs((kpi.value ?? 0) - previous);
  if (kpi.unit === "percent") return change.points(points(difference * 100, voice));
  if (kpi.unit === "days") return unitText(difference, "days", voice);
  const share = relativeChange(kpi.value ?? 0, previous);
  if (share !== null) return relativeSize(Math.abs(share), voice);
  const amount = unitText(difference, kpi.unit, voice);
  return previous === 0 ? change.fromZero(amount) : change.from(amount, unitText(previous, kpi.unit, voice));
}

/** A tenth of a point is enough where there is at least one point. */
function points(difference: number, { formats }: ReportVoice): string {
  const rounded = difference >= 1 ? Math.round(difference * 10) / 10 : difference;
  return formats.credit(rounded);
}

/** 0.034 → "3.4%", 0.12 → "12%", 14.2 → "14.2×" without a sign, which the word carries. */
export function relativeSize(share: number, { words, formats }: ReportVoice): string {
  if (share >= RATHER_TIMES_ABOVE) return words.change.times(formats.credit(Math.round(share * 10) / 10));
  return share < TENTHS_BELOW ? formats.percent(share) : formats.wholePercent(share);
}

/** A figure in its unit: 240 → "€2.40", 0.031 → "3.1%". */
export function unitText(value: number, unit: ReportKpi["unit"], { words, formats }: ReportVoice): string {
  switch (unit) {
    case "count":
      return formats.credit(value);
    case "money":
      return formats.money(value);
    case "ratio":
      return formats.ratio(value);
    case "percent":
      return formats.percent(value);
    case "days":
      return words.change.days(value, formats.credit(value));
  }
}

function opposite(tone: Tone): Tone {
  if (tone === "good") return "bad";
  return tone === "bad" ? "good" : "neutral";
}
