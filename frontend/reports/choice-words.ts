import type { Comparison } from "#core/report/comparison-range.ts";
import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportKind, ReportLanguage, ReportSection } from "#core/report/report-model.ts";
import type { RollingPeriod } from "#core/report/rolling-period.ts";

type Named = { readonly label: string; readonly line: string };

export const KIND_WORDS: Readonly<Record<ReportKind, Named>> = {
  "campaign-performance": {
    label: "Campaign performance",
    line: "How campaigns do: figures, days, channels, attribution, journeys.",
  },
  sponsor: {
    label: "Sponsor report",
    line: "For the party who paid: their campaigns alone, under their logo.",
  },
  roi: {
    label: "Return on investment",
    line: "What came back for the money: profit, break-even, payback, pace.",
  },
  "executive-summary": {
    label: "Executive summary",
    line: "A page or two for the boss: one site, or all sites of the account.",
  },
};

export const SECTION_WORDS: Readonly<Record<ReportSection, Named>> = {
  kpis: { label: "Key figures", line: "Tiles with the change and, where it is estimated, the interval." },
  chart: { label: "Day by day", line: "Revenue and conversions over the days." },
  sites: { label: "Sites", line: "Each site of the account, in one currency." },
  channels: { label: "Channels", line: "Where visitors came from and what they brought." },
  campaigns: { label: "Campaigns", line: "Each campaign, what it cost and what came back." },
  attribution: { label: "Attribution", line: "The same conversions under several models." },
  journeys: { label: "Journeys", line: "Which contacts led to a conversion." },
};

export const PERIOD_WORDS: Readonly<Record<RollingPeriod, string>> = {
  yesterday: "Yesterday",
  last_7_days: "Last 7 days",
  last_14_days: "Last 14 days",
  last_28_days: "Last 28 days",
  last_30_days: "Last 30 days",
  last_90_days: "Last 90 days",
  last_week: "Last week, Monday to Sunday",
  last_month: "Last month",
  last_quarter: "Last quarter",
  last_year: "Last year",
  week_to_yesterday: "This week up to yesterday",
  month_to_yesterday: "This month up to yesterday",
  quarter_to_yesterday: "This quarter up to yesterday",
  year_to_yesterday: "This year up to yesterday",
};

export const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = {
  previous: "The days before",
  same_weekdays: "The same weekdays before",
  last_year: "The same days a year before",
  none: "Nothing",
};

export const FORMAT_WORDS: Readonly<Record<ReportFormat, Named>> = {
  pdf: { label: "PDF", line: "To read and to forward" },
  xlsx: { label: "XLSX", line: "A workbook, a sheet a section" },
  csv: { label: "CSV", line: "Plain tables, zipped" },
  json: { label: "JSON", line: "Every figure, for programs" },
};

export const LANGUAGE_WORDS: Readonly<Record<ReportLanguage, string>> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
};

/** A map of words as options of a select box, in its own order. */
export function optionsOf<K extends string>(
  words: Readonly<Record<K, string | Named>>,
): { value: K; label: string }[] {
  return (Object.entries(words) as [K, string | Named][]).map(([value, word]) => ({
    value,
    label: typeof word === "string" ? word : word.label,
  }));
}
