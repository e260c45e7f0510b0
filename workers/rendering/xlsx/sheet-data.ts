import { colToLetter } from "hucre/xlsx";

import { currencyExponent } from "#core/money/currency-exponent.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";
import { utf8 } from "#rendering/format/utf8.ts";

import { isNumber, type StyleName } from "./cell-styles.ts";
import type { SharedStrings } from "./shared-strings.ts";
import { headerRowNumber } from "./sheet.ts";
import type { CellFormat, CellValue, RowLook, Sheet, SheetRow } from "./sheet.ts";

const PIECE_CHARACTERS = 64 * 1024;
const LINE_POINTS = 15;
const TITLE_POINTS = 30;
const SENTENCE_POINTS = 18;
/** Words leave the ends of lines empty. */
const WRAPPED_LETTER = 1.1;
const MS_PER_DAY = 86_400_000;
/** 1 January 1970 in Excel's count of days. */
const EPOCH_SERIAL = 25_569;
/** The doubles of larger amounts no longer have each digit of the minor unit. */
const MAX_EXACT_MINOR = 1e15;
const IS_DAY = /^\d{4}-\d\d-\d\d$/;
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

export type SheetDataDeps = {
  /** The number of a style in the workbook. */
  styleOf: (name: StyleName) => number;
  strings: SharedStrings;
  currency: string;
};

/** The rows of a sheet as XML, piece by piece, so that no more than a piece and a row of it are in memory. */
export function* sheetDataPieces(sheet: Sheet, deps: SheetDataDeps): Generator<Uint8Array<ArrayBuffer>> {
  const write = rowWriter(sheet, deps);
  let xml = `<sheetData>${leadRows(sheet, deps)}`;
  let row = headerRowNumber(sheet);
  xml += headerRow(sheet, deps, row);
  for (const cells of sheet.rows) {
    row += 1;
    xml += write(cells, row);
    if (xml.length < PIECE_CHARACTERS) continue;
    yield utf8(xml);
    xml = "";
  }
  if (sheet.totals !== null) xml += write({ look: "total", ...sheet.totals }, row + 1);
  yield utf8(`${xml}</sheetData>`);
}

function leadRows({ lead, columns }: Sheet, { styleOf, strings }: SheetDataDeps): string {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return lead
    .map(({ text, look }, index) => {
      const points = { title: TITLE_POINTS, subtitle: LINE_POINTS, sentence: sentencePoints(text, width) }[
        look
      ];
      const cell = `<c r="A${index + 1}" s="${styleOf(look)}" t="s"><v>${strings.add(text)}</v></c>`;
      return `<row r="${index + 1}" ht="${points}" customHeight="1">${cell}</row>`;
    })
    .join("");
}

/** Merged cells do not find their height by themselves. Letters of 12 points are somewhat wider than those of a column's width. */
function sentencePoints(text: string, width: number): number {
  return SENTENCE_POINTS * Math.max(1, Math.ceil((text.length * 1.15) / width)) + 4;
}

function headerRow({ columns }: Sheet, { styleOf, strings }: SheetDataDeps, row: number): string {
  const cells = columns.map(({ header, format }, index) => {
    const style = styleOf(isNumber(format) && format !== "day" ? "header:number" : "header:text");
    return `<c r="${colToLetter(index)}${row}" s="${style}" t="s"><v>${strings.add(header)}</v></c>`;
  });
  const lines = columns.map(({ header, width }) => Math.ceil((header.length + 4) / width));
  const points = LINE_POINTS * Math.max(1, ...lines) + 3;
  return `<row r="${row}" ht="${points}" customHeight="1">${cells.join("")}</row>`;
}

function rowWriter(
  sheet: Sheet,
  { styleOf, strings, currency }: SheetDataDeps,
): (row: SheetRow, at: number) => string {
  const letters = sheet.columns.map((_, index) => colToLetter(index));
  const columnFormats = sheet.columns.map(({ format }) => format);
  const widths = sheet.columns.map(({ width }) => width);
  const money = moneyWriter(currency);
  const cellOf = (ref: string, value: Exclude<CellValue, null>, { format, look }: Shown): string => {
    if (typeof value === "number") {
      return `<c r="${ref}" s="${styleOf(`${look}:${format}`)}"><v>${format === "money" ? money(value) : value}</v></c>`;
    }
    if (format === "day" && IS_DAY.test(value)) {
      return `<c r="${ref}" s="${styleOf(`${look}:day`)}"><v>${daySerial(value)}</v></c>`;
    }
    const shown = FORMULA_START.test(value) ? "guarded" : isNumber(format) ? "text" : format;
    return `<c r="${ref}" s="${styleOf(`${look}:${shown}`)}" t="s"><v>${strings.add(value)}</v></c>`;
  };
  return ({ cells, formats = columnFormats, look = "body" }, at) => {
    let xml = `<row r="${at}"${heightOf(cells, { formats, widths })}>`;
    for (const [index, value] of cells.entries()) {
      const format = formats[index] ?? "text";
      const ref = `${letters[index] ?? ""}${at}`;
      if (value !== null) xml += cellOf(ref, value, { format, look });
      else if (look === "total") xml += `<c r="${ref}" s="${styleOf(`total:${format}`)}"/>`;
    }
    return `${xml}</row>`;
  };
}

/** Not every spreadsheet finds the height of a row of wrapped text by itself. */
function heightOf(
  cells: readonly CellValue[],
  { formats, widths }: { formats: readonly CellFormat[]; widths: readonly number[] },
): string {
  if (!formats.includes("wrapped")) return "";
  const lines = cells.map((value, index) =>
    formats[index] === "wrapped" && typeof value === "string"
      ? Math.ceil((value.length * WRAPPED_LETTER) / (widths[index] ?? 1))
      : 1,
  );
  const most = Math.max(...lines);
  return most > 1 ? ` ht="${LINE_POINTS * most}" customHeight="1"` : "";
}

type Shown = { format: CellFormat; look: RowLook };

/** Minor units as major units, digit for digit. A fraction of a minor unit, as an average has, is rounded away from zero. */
function moneyWriter(currency: string): (minor: number) => string {
  const exponent = currencyExponent(currency);
  const scale = 10 ** exponent;
  return (minor) => {
    const whole = Math.sign(minor) * Math.round(Math.abs(minor));
    if (Math.abs(whole) >= MAX_EXACT_MINOR) return formatMajorUnits(whole, exponent);
    return String(whole / scale);
  };
}

/** Excel counts days from the end of 1899, and believes that 1900 was a leap year. */
function daySerial(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY + EPOCH_SERIAL;
}
