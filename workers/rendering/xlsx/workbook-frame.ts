import { colToLetter, writeXlsx } from "hucre/xlsx";
import type { Cell, WriteOptions, WriteSheet } from "hucre/xlsx";

import { readZip } from "#rendering/zip/read-zip.ts";

import { cellStyles } from "./cell-styles.ts";
import type { StyleChoices, StyleName } from "./cell-styles.ts";
import { headerRowNumber } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";

type NamedRange = NonNullable<WriteOptions["namedRanges"]>[number];

export type WorkbookFacts = StyleChoices & {
  title: string;
  /** Of its properties: the same report is the same file, to the byte. */
  madeAt: Date;
  /** ISO 4217, of every amount. */
  currency: string;
};

/** A workbook without its rows: what stands around them in each sheet, and all its other parts. */
export type WorkbookFrame = {
  /** By path, in order; without the sheets and the texts. */
  parts: Map<string, Uint8Array<ArrayBuffer>>;
  /** In the order of the sheets. */
  sheets: { path: string; head: string; tail: string }[];
  styleOf: (name: StyleName) => number;
};

export const STRINGS_PATH = "xl/sharedStrings.xml";
const SHEET_PATH = /^xl\/worksheets\/sheet\d+\.xml$/;
const SHEET_DATA = /<sheetData(?:\/>|>.*<\/sheetData>)/s;
const DIMENSION = /<dimension ref="[^"]*"\/>/;

/**
 * The library writes the workbook with one row, which has a cell of each style. The rows of a report are written by
 * ourselves: the library either holds all cells of all sheets in memory, or streams a single sheet whose columns have
 * one style each.
 */
export async function workbookFrame(sheets: readonly Sheet[], facts: WorkbookFacts): Promise<WorkbookFrame> {
  const styles = cellStyles(facts);
  const bytes = await writeXlsx({
    sheets: sheets.map((sheet, index) => frameOfSheet(sheet, index === 0 ? styleRow(styles) : null)),
    namedRanges: sheets.map(printedHeader),
    properties: { title: facts.title, creator: "Waymark", created: facts.madeAt, modified: facts.madeAt },
  });
  const parts = await readZip(new Uint8Array(bytes));
  const paths = [...parts.keys()].filter((path) => SHEET_PATH.test(path));
  const texts = paths.map((path) => new TextDecoder().decode(parts.get(path)));
  const numbers = styleNumbers(texts[0] ?? "", [...styles.keys()]);
  for (const path of [...paths, STRINGS_PATH]) parts.delete(path);
  return {
    parts,
    sheets: paths.map((path, index) => ({ path, ...aroundRows(texts[index] ?? "", sheets[index]) })),
    styleOf: (name) => numbers.get(name) ?? 0,
  };
}

function frameOfSheet(sheet: Sheet, cells: Map<string, Partial<Cell>> | null): WriteSheet {
  const header = headerRowNumber(sheet);
  const lastLetter = colToLetter(sheet.columns.length - 1);
  return {
    name: sheet.name,
    columns: sheet.columns.map(({ width }) => ({ width })),
    ...(cells === null ? {} : { cells }),
    freezePane: { rows: header },
    ...(sheet.rowCount === 0 || sheet.lead.length > 0
      ? {}
      : { autoFilter: { range: `A${header}:${lastLetter}${header + sheet.rowCount}` } }),
    merges: sheet.lead.map((_, row) => ({
      startRow: row,
      startCol: 0,
      endRow: row,
      endCol: sheet.columns.length - 1,
    })),
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
    view: { showGridLines: sheet.lead.length === 0 },
  };
}

/**
 * The header on every printed page. The library would write it too, but without the quotes that a name with a blank needs:
 * Excel calls such a file damaged.
 */
function printedHeader(sheet: Sheet): NamedRange {
  const row = headerRowNumber(sheet);
  const quoted = `'${sheet.name.replaceAll("'", "''")}'`;
  return { name: "_xlnm.Print_Titles", range: `${quoted}!$${row}:$${row}`, scope: sheet.name };
}

function styleRow(styles: ReturnType<typeof cellStyles>): Map<string, Partial<Cell>> {
  return new Map([...styles.values()].map((style, column) => [`0,${column}`, { value: "x", style }]));
}

/** Read off the row that has a cell of each style. */
function styleNumbers(xml: string, names: readonly StyleName[]): Map<StyleName, number> {
  const cells = [...xml.matchAll(/<c [^>]*>/g)].map(([cell]) => Number(/ s="(\d+)"/.exec(cell)?.[1] ?? 0));
  if (cells.length !== names.length) {
    throw new Error(
      `Cannot tell the styles of the workbook: ${cells.length} cells for ${names.length} styles`,
    );
  }
  return new Map(names.map((name, index) => [name, cells[index] ?? 0]));
}

function aroundRows(xml: string, sheet: Sheet | undefined): { head: string; tail: string } {
  const found = SHEET_DATA.exec(xml);
  if (found === null || sheet === undefined)
    throw new Error("Cannot find the rows of a sheet in the workbook");
  return {
    head: xml.slice(0, found.index).replace(DIMENSION, `<dimension ref="${usedRange(sheet)}"/>`),
    tail: xml.slice(found.index + found[0].length),
  };
}

function usedRange(sheet: Sheet): string {
  const lastRow = headerRowNumber(sheet) + sheet.rowCount + (sheet.totals === null ? 0 : 1);
  return `A1:${colToLetter(sheet.columns.length - 1)}${lastRow}`;
}
