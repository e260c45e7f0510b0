import type { ReportFigures } from "#core/report/report-tables.ts";
import { rowRatios } from "#core/report/row-ratios.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";

export type FigureColumn =
  | "impressions"
  | "clicks"
  | "visitors"
  | "conversions"
  | "revenue"
  | "spend"
  | "roas"
  | "roi"
  | "cpa";

type Write = (figures: ReportFigures, formats: ReportVoice["formats"]) => string;

/** A ratio without a base is a dash, as everywhere (product's rule): never 0. */
const WRITE: { readonly [column in FigureColumn]: Write } = {
  impressions: ({ impressions }, formats) => formats.count(impressions),
  clicks: ({ clicks }, formats) => formats.count(clicks),
  visitors: ({ visitors }, formats) => formats.count(visitors),
  conversions: ({ conversions }, formats) => formats.credit(conversions),
  revenue: ({ revenueMinor }, formats) => formats.money(revenueMinor),
  spend: ({ spendMinor }, formats) => (spendMinor === null ? NO_VALUE : formats.money(spendMinor)),
  roas: (figures, formats) => written(rowRatios(figures).roas, formats.ratio),
  roi: (figures, formats) => written(rowRatios(figures).roi, formats.percent),
  cpa: (figures, formats) => written(rowRatios(figures).cpa, formats.money),
};

function written(value: number | null, write: (value: number) => string): string {
  return value === null ? NO_VALUE : write(value);
}

export function figureCells(
  figures: ReportFigures,
  columns: readonly FigureColumn[],
  { formats }: ReportVoice,
): string[] {
  return columns.map((column) => WRITE[column](figures, formats));
}

export function figureHeaders(
  columns: readonly FigureColumn[],
  words: ReportWords,
): { header: string; align: "right" }[] {
  return columns.map((column) => ({ header: words.columns[column], align: "right" }));
}

/** Part of the whole, for the bar behind a figure. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.max(0, part / whole) : 0;
}
