import type { ReportFigures, ReportInterval } from "#core/report/report-tables.ts";
import type { CellFormat, CellValue, SheetColumn } from "#rendering/xlsx/sheet.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";

const NUMBER_WIDTH = 13;
const MONEY_WIDTH = 16;
const MIN_TEXT_WIDTH = 14;
const MAX_TEXT_WIDTH = 48;
/** The first rows tell how wide names are: looking at 100,000 of them would be for nothing. */
const NAMES_LOOKED_AT = 500;

/** As wide as its longest word, with room for the button of a filter. */
export function numberColumn(header: string, format: CellFormat): SheetColumn {
  const word = Math.max(...header.split(" ").map(({ length }) => length));
  return { header, format, width: Math.max(format === "money" ? MONEY_WIDTH : NUMBER_WIDTH, word + 5) };
}

/** As wide as its longest name, within bounds. */
export function nameColumn(header: string, names: readonly string[]): SheetColumn {
  const longest = names
    .slice(0, NAMES_LOOKED_AT)
    .reduce((most, name) => Math.max(most, name.length), header.length);
  const width = Math.min(MAX_TEXT_WIDTH, Math.max(MIN_TEXT_WIDTH, longest + 3));
  return { header, format: "text", width };
}

/** Credit may be shared: then the whole column has two decimals, so that it aligns. */
export function conversionsFormat(rows: readonly { readonly conversions: number }[]): "count" | "credit" {
  return rows.every(({ conversions }) => Number.isInteger(conversions)) ? "count" : "credit";
}

/** What `figureCells` writes, in its order. */
export function figureColumns(
  { columns }: ReportWords,
  conversions: "count" | "credit",
  before: string | null = null,
): SheetColumn[] {
  const named = (name: string): string => (before === null ? name : `${before} · ${name}`);
  return [
    numberColumn(named(columns.visitors), "count"),
    numberColumn(named(columns.clicks), "count"),
    numberColumn(named(columns.impressions), "count"),
    numberColumn(named(columns.conversions), conversions),
    numberColumn(named(columns.revenue), "money"),
    numberColumn(named(columns.spend), "money"),
  ];
}

export function figureCells(figures: ReportFigures): CellValue[] {
  const { visitors, clicks, impressions, conversions, revenueMinor, spendMinor } = figures;
  return [visitors, clicks, impressions, conversions, revenueMinor, spendMinor];
}

export function intervalColumns(name: string, words: ReportWords, format: CellFormat): SheetColumn[] {
  const { low, high } = words.columns;
  return [low, high].map((end) => numberColumn(`${name} · ${end}`, format));
}

export function intervalCells(interval: ReportInterval | null): CellValue[] {
  return interval === null ? [null, null] : [interval.low, interval.high];
}

export function emptyCells(count: number): CellValue[] {
  return Array.from({ length: count }, () => null);
}
