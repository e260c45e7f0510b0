import type { ReportKpiKey, ReportModel } from "#core/report/report-model.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";

import { DIRECT_RULE_WORDS, MODEL_MEANING, MODEL_WORDS } from "./model-words.ts";

export type Fact = { term: string; text: string };

const DEFINITIONS: readonly { key: ReportKpiKey; text: string }[] = [
  { key: "roas", text: "ROAS = revenue ÷ spend" },
  { key: "roi", text: "ROI = (revenue − spend) ÷ spend" },
  { key: "cpa", text: "CPA = spend ÷ conversions" },
  { key: "ctr", text: "CTR = clicks ÷ impressions" },
  { key: "cvr", text: "CVR = conversions ÷ visitors" },
  { key: "aov", text: "AOV = revenue ÷ conversions" },
];

export function howComputedFacts(model: ReportModel, formats: ReportFormats): Fact[] {
  const { howComputed: how, range } = model;
  return [
    {
      term: "Attribution model",
      text: `${MODEL_WORDS[how.model]}: ${MODEL_MEANING[how.model]}.`,
    },
    {
      term: "Lookback window",
      text: `${how.lookbackDays} days before the conversion, to the millisecond, both ends included.`,
    },
    { term: "Direct visits", text: DIRECT_RULE_WORDS[how.directRule] },
    {
      term: "Days",
      text: `${formats.range(range)}, whole days of ${range.timeZone}, the first and the last included.`,
    },
    {
      term: "Currency",
      text: `${how.currency}. Revenue is net of refunds; a refund counts on the day it was made.`,
    },
    { term: "Unattributed", text: unattributedText(model, formats) },
    { term: "Data version", text: `${how.dataVersion}, read ${formats.instant(model.generatedAt)}.` },
  ];
}

/** Only of the ratios the report shows. */
export function kpiDefinitions(model: ReportModel): Fact[] {
  const shown = new Set(model.kpis.map((kpi) => kpi.key));
  const texts = DEFINITIONS.filter(({ key }) => shown.has(key)).map(({ text }) => text);
  return texts.length === 0
    ? []
    : [{ term: "Ratios", text: `${texts.join(" · ")}. Without a base: ${NO_VALUE}.` }];
}

function unattributedText({ howComputed }: ReportModel, formats: ReportFormats): string {
  const { conversions, revenue } = howComputed.unattributedShare;
  if (conversions === null) return "There were no conversions.";
  const ofRevenue = revenue === null ? "" : ` and ${formats.percent(revenue)} of revenue`;
  return `${formats.percent(conversions)} of conversions${ofRevenue} had no touchpoint in the window. They are shown, and part of every total.`;
}
