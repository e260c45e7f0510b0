import type { RGB } from "pdf-lib";

import { drawText, fillBox, fillCircle, strokeLine } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import { ensureSpace } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { layOutTable } from "./table-layout.ts";
import type { ColumnPlace, TableColumn, TableLayout } from "./table-layout.ts";
import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import { cleanForFont, textWidth } from "./typeface.ts";
import { wrapText } from "./wrap-text.ts";

export type TableRow = {
  cells: readonly string[];
  /** Colour of the dot before the name. */
  dot?: RGB;
  /** Part of the whole, 0..1, drawn behind the cell of `shareColumn`. */
  share?: number;
  isMuted?: boolean;
};

export type Table = {
  columns: readonly TableColumn[];
  /** Headings over several columns, from the second column on. */
  groups?: readonly { label: string; span: number }[];
  rows: readonly TableRow[];
  totals: readonly string[];
  shareColumn?: number;
  emptyText: string;
};

const LINE_HEIGHT = 11;
const ROW_PADDING = 5;
const HEADER_HEIGHT = 22;
const GROUP_HEIGHT = 16;
const DOT_ROOM = 11;
const EMPTY_HEIGHT = 30;
const EDGE = 4;

/** A table of up to this many rows is not broken over two pages. */
const WHOLE_UP_TO_ROWS = 14;

/** What of a table stays beside its heading: all of a short one, the header and some rows of a long one. */
export function tableStartHeight(rowCount: number): number {
  const kept = rowCount <= WHOLE_UP_TO_ROWS ? rowCount + 1 : 3;
  return GROUP_HEIGHT + HEADER_HEIGHT + kept * rowHeight(1);
}

/** A table that continues on further pages under a repeated header; the totals row is never alone on a page. */
export function drawTable(sheet: Sheet, table: Table): void {
  const layout = layOutTable(sheet.typeface, table.columns, {
    rows: [...table.rows.map((row) => row.cells), table.totals],
    room: { x: MARGIN, width: CONTENT_WIDTH },
  });
  drawHeader(sheet, table, layout);
  if (table.rows.length === 0) drawEmptyRow(sheet, table.emptyText);
  for (const [index, row] of table.rows.entries()) {
    const lines = nameLines(sheet, row, layout);
    const height = rowHeight(lines.length);
    const isLast = index === table.rows.length - 1;
    if (sheet.y + height + (isLast ? rowHeight(1) : 0) > CONTENT_BOTTOM) continueTable(sheet, table, layout);
    drawRow(sheet, { table, row, lines, layout });
  }
  drawTotals(sheet, table, layout);
}

function continueTable(sheet: Sheet, table: Table, layout: TableLayout): void {
  ensureSpace(sheet, Number.POSITIVE_INFINITY);
  drawHeader(sheet, table, layout);
}

function drawHeader(sheet: Sheet, table: Table, layout: TableLayout): void {
  const { canvas } = sheet;
  if (table.groups !== undefined) drawGroups(sheet, table.groups, layout);
  for (const [index, column] of table.columns.entries()) {
    const place = layout.columns[index];
    if (place === undefined) continue;
    drawText(canvas, column.header, {
      ...anchor(place, column.align),
      y: sheet.y + 13,
      size: layout.headerSize,
      weight: "semibold",
      color: COLOR.ink3,
      maxWidth: place.width,
    });
  }
  sheet.y += HEADER_HEIGHT;
  drawRule(sheet, COLOR.borderStrong);
}

function drawGroups(sheet: Sheet, groups: NonNullable<Table["groups"]>, layout: TableLayout): void {
  let column = 1;
  for (const { label, span } of groups) {
    const first = layout.columns[column];
    const last = layout.columns[column + span - 1];
    column += span;
    if (first === undefined || last === undefined) continue;
    const right = last.x + last.width - EDGE;
    const left = first.x + 14;
    const style = { y: sheet.y + 10, size: layout.size, weight: "semibold", color: COLOR.ink } as const;
    drawText(sheet.canvas, label, { ...style, x: right, align: "right", maxWidth: right - left });
    const rule = [
      { x: left, y: sheet.y + GROUP_HEIGHT },
      { x: right, y: sheet.y + GROUP_HEIGHT },
    ];
    strokeLine(sheet.canvas, rule, { color: COLOR.border, width: 0.75 });
  }
  sheet.y += GROUP_HEIGHT;
}

function nameLines(sheet: Sheet, row: TableRow, layout: TableLayout): string[] {
  const room = (layout.columns[0]?.width ?? 0) - EDGE - (row.dot === undefined ? 0 : DOT_ROOM);
  const name = cleanForFont(sheet.typeface, row.cells[0] ?? "");
  return wrapText(sheet.typeface.regular, name, { size: layout.size, maxWidth: room, maxLines: 2 });
}

type RowDrawing = { table: Table; row: TableRow; lines: readonly string[]; layout: TableLayout };

function drawRow(sheet: Sheet, { table, row, lines, layout }: RowDrawing): void {
  const { canvas, y } = sheet;
  const height = rowHeight(lines.length);
  const sharePlace = table.shareColumn === undefined ? undefined : layout.columns[table.shareColumn];
  if (sharePlace !== undefined && row.share !== undefined)
    drawShare(canvas, sharePlace, { y, height, share: row.share });

  const baseline = y + ROW_PADDING + layout.size * 0.95;
  const indent = row.dot === undefined ? 0 : DOT_ROOM;
  if (row.dot !== undefined) {
    fillCircle(canvas, { x: MARGIN + EDGE + 2.5, y: baseline - layout.size * 0.35, radius: 2.6 }, row.dot);
  }
  const color = row.isMuted === true ? COLOR.ink3 : COLOR.ink;
  for (const [index, line] of lines.entries()) {
    const at = { x: MARGIN + EDGE + indent, y: baseline + index * LINE_HEIGHT };
    drawText(canvas, line, { ...at, size: layout.size, color });
  }
  drawNumbers(canvas, row.cells, { layout, baseline, color, weight: "regular" });
  sheet.y += height;
  drawRule(sheet, COLOR.grid);
}

function drawShare(
  canvas: Canvas,
  place: ColumnPlace,
  at: { y: number; height: number; share: number },
): void {
  const share = Math.max(0, Math.min(1, at.share));
  const width = (place.width - 8) * share;
  if (width > 0) fillBox(canvas, { x: place.x + 8, y: at.y + 3, width, height: at.height - 6 }, COLOR.share);
}

type NumberStyle = { layout: TableLayout; baseline: number; color: RGB; weight: "regular" | "semibold" };

function drawNumbers(canvas: Canvas, cells: readonly string[], style: NumberStyle): void {
  const { layout, baseline, color, weight } = style;
  for (const [index, place] of layout.columns.entries()) {
    if (index === 0) continue;
    const text = cells[index] ?? "";
    // A figure is never cut: one digit fewer would be another figure.
    const width = textWidth(canvas.typeface[weight], cleanForFont(canvas.typeface, text), layout.size);
    const size = layout.size * Math.min(1, (place.width - EDGE) / Math.max(1, width));
    drawText(canvas, text, { ...anchor(place, "right"), y: baseline, size, color, weight });
  }
}

function drawTotals(sheet: Sheet, table: Table, layout: TableLayout): void {
  const { canvas } = sheet;
  drawRule(sheet, COLOR.borderStrong);
  const baseline = sheet.y + ROW_PADDING + layout.size * 0.95;
  const style = { size: layout.size, weight: "semibold", color: COLOR.ink } as const;
  drawText(canvas, table.totals[0] ?? "", { ...style, x: MARGIN + EDGE, y: baseline });
  drawNumbers(canvas, table.totals, { layout, baseline, color: COLOR.ink, weight: "semibold" });
  sheet.y += rowHeight(1);
}

function drawEmptyRow(sheet: Sheet, text: string): void {
  drawText(sheet.canvas, text, { x: MARGIN + EDGE, y: sheet.y + 19, size: 8.5, color: COLOR.ink3 });
  sheet.y += EMPTY_HEIGHT;
}

function drawRule(sheet: Sheet, color: RGB): void {
  const rule = [
    { x: MARGIN, y: sheet.y },
    { x: MARGIN + CONTENT_WIDTH, y: sheet.y },
  ];
  strokeLine(sheet.canvas, rule, { color, width: 0.75 });
}

function anchor(place: ColumnPlace, align: "left" | "right"): { x: number; align: "left" | "right" } {
  return align === "left" ? { x: place.x + EDGE, align } : { x: place.x + place.width - EDGE, align };
}

function rowHeight(lineCount: number): number {
  return lineCount * LINE_HEIGHT + 2 * ROW_PADDING;
}
