import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportFigures, ReportInterval, ReportRowKind } from "#core/report/report-tables.ts";
import type { CsvCell } from "#core/text/csv-line.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";

/** Minor units as the decimals of major units: (1234, EUR) → 12.34. A fraction of one is rounded, half away from zero. */
export type MoneyCell = (minor: number | null) => CsvCell;

export function moneyCell(currency: string): MoneyCell {
  const exponent = currencyExponent(currency);
  return (minor) => (minor === null ? null : { decimal: formatMajorUnits(roundHalfAway(minor), exponent) });
}

function roundHalfAway(minor: number): number {
  return Math.sign(minor) * Math.round(Math.abs(minor));
}

export const FIGURE_HEADER = ["visitors", "clicks", "impressions", "conversions", "revenue", "spend"];

/** In the order of `FIGURE_HEADER`. */
export function figureCells(figures: ReportFigures, money: MoneyCell): CsvCell[] {
  const { visitors, clicks, impressions, conversions, revenueMinor, spendMinor } = figures;
  return [visitors, clicks, impressions, conversions, money(revenueMinor), money(spendMinor)];
}

export function intervalCells(interval: ReportInterval | null, write: (value: number) => CsvCell): CsvCell[] {
  return interval === null ? [null, null] : [write(interval.low), write(interval.high)];
}

export function asIs(value: number): CsvCell {
  return value;
}

/** What stands in the place of a name; `kind` says in a column of its own that it is none. */
export const KIND_NAMES: { readonly [kind in Exclude<ReportRowKind, "group">]: string } = {
  others: "(others)",
  none: "(none)",
  unattributed: "(unattributed)",
};

/** Whom and what the figures are about, so that files of several reports can be joined. */
export const SUBJECT_HEADER = ["site", "campaigns"];

export function subjectCells({ siteName, campaignNames }: ReportModel): CsvCell[] {
  return [siteName, campaignNames.join("; ")];
}
