import { drawText, fillBox, fillCircle } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import { ensureSpace } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawCells } from "./table-cells.ts";
import { GROUP_HEIGHT, HEADER_HEIGHT, drawTableHeader, drawTableRule } from "./table-header.ts";
import { layOutTable } from "./table-layout.ts";
import type { CellTexts, ColumnPlace, TableLayout } from "./table-layout.ts";
import { EDGE, LINE_HEIGHT, rowHeight, rowPadding } from "./table-parts.ts";
import type { Table, TableRow } from "./table-parts.ts";
import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import { wrapText } from "./wrap-text.ts";

const DOT_ROOM = 11;
const EMPTY_HEIGHT = 30;
const NAME_MAX_LINES = 2;
const LEGEND_SIZE = 7.5;
const LEGEND_LEADING = 10.5;

/** A table of up to this many rows is not broken over two pages. */
const WHOLE_UP_TO_ROWS = 8;
/** A longer one begins with as many at least. */
const FIRST_ROWS = 4;

/** What of a table stays beside its heading: all of a short one, the header and some rows of a long one. */
export function tableStartHeight({ model }: Sheet, rows: readonly TableRow[]): number {
  const padding = rowPadding(model.kind);
  const heights = rows.map((row) => rowHeight(row.notes === undefined ? 1 : 2, padding));
  const kept = rows.length <= WHOLE_UP_TO_ROWS ? heights : heights.slice(0, FIRST_ROWS);
  const body = kept.reduce((sum, height) => sum + height, 0) + rowHeight(1, padding);
  return GROUP_HEIGHT + HEADER_HEIGHT + body;
}

/** A table that continues on further pages under a repeated header; the totals row is never alone on a page. */
export function drawTable(sheet: Sheet, table: Table): void {
  const layout = layOutTable(sheet.typeface, table.columns, {
    rows: table.totals === null ? table.rows : [...table.rows, table.totals],
    room: { x: MARGIN, width: CONTENT_WIDTH },
  });
  const padding = rowPadding(sheet.model.kind);
  drawTableHeader(sheet, table, layout);
  if (table.rows.length === 0) drawEmptyRow(sheet, table.emptyText);
  for (const [index, row] of table.rows.entries()) {
    const lines = nameLines(sheet, row, layout);
    const height = rowHeight(Math.max(lines.length, row.notes === undefined ? 1 : 2), padding);
    const isLast = index === table.rows.length - 1;
    const needed = height + (isLast ? rowHeight(1, padding) : 0);
    if (sheet.y + needed > CONTENT_BOTTOM) continueTable(sheet, table, layout);
    drawRow(sheet, { table, row, lines, layout }, height);
  }
  if (table.totals !== null) drawTotals(sheet, { ...table, totals: table.totals }, layout);
  drawLegend(sheet, table.legend ?? []);
}

function continueTable(sheet: Sheet, table: Table, layout: TableLayout): void {
  ensureSpace(sheet, Number.POSITIVE_INFINITY);
  drawTableHeader(sheet, table, layout);
}

function nameLines(sheet: Sheet, row: TableRow, layout: TableLayout): string[] {
  const room = (layout.columns[0]?.width ?? 0) - EDGE - (row.dot === undefined ? 0 : DOT_ROOM);
  const name = cleanForFont(sheet.typeface, row.cells[0] ?? "");
  const maxLines = noteOf(row) === "" ? NAME_MAX_LINES : 1;
  return wrapText(sheet.typeface.regular, name, { size: layout.size, maxWidth: room, maxLines });
}

/** Under the name. */
function noteOf(row: TableRow): string {
  return row.notes?.[0] ?? "";
}

type RowDrawing = { table: Table; row: TableRow; lines: readonly string[]; layout: TableLayout };

function drawRow(sheet: Sheet, drawing: RowDrawing, height: number): void {
  const { table, row, lines, layout } = drawing;
  const { canvas, y } = sheet;
  const sharePlace = table.shareColumn === undefined ? undefined : layout.columns[table.shareColumn];
  if (sharePlace !== undefined && row.share !== undefined)
    drawShare(sheet, sharePlace, { y, share: row.share });

  const baseline = y + rowPadding(sheet.model.kind) + layout.size * 0.95;
  const indent = row.dot === undefined ? 0 : DOT_ROOM;
  if (row.dot !== undefined) {
    fillCircle(canvas, { x: MARGIN + EDGE + 2.5, y: baseline - layout.size * 0.35, radius: 2.6 }, row.dot);
  }
  const color = row.isMuted === true ? COLOR.ink3 : COLOR.ink;
  const x = MARGIN + EDGE + indent;
  for (const [index, line] of lines.entries()) {
    drawText(canvas, line, { x, y: baseline + index * LINE_HEIGHT, size: layout.size, color });
  }
  drawNameNote(canvas, { x, y: baseline + LINE_HEIGHT - 1, row, layout });
  drawCells(canvas, drawing, { baseline, color, weight: "regular" });
  sheet.y += height;
  drawTableRule(sheet, COLOR.grid);
}

type NameNote = { x: number; y: number; row: TableRow; layout: TableLayout };

function drawNameNote(canvas: Canvas, { x, y, row, layout }: NameNote): void {
  const maxWidth = (layout.columns[0]?.width ?? 0) - (x - MARGIN);
  drawText(canvas, noteOf(row), { x, y, size: layout.noteSize, color: COLOR.ink3, maxWidth });
}

function drawShare(
  { canvas, theme, model }: Sheet,
  place: ColumnPlace,
  at: { y: number; share: number },
): void {
  const share = Math.max(0, Math.min(1, at.share));
  const width = (place.width - 8) * share;
  // Behind the figure alone: the small print below it stays on white.
  const height = rowHeight(1, rowPadding(model.kind)) - 6;
  if (width > 0) fillBox(canvas, { x: place.x + 8, y: at.y + 3, width, height }, theme.tint);
}

function drawTotals(sheet: Sheet, table: Table & { totals: CellTexts }, layout: TableLayout): void {
  const { canvas } = sheet;
  drawTableRule(sheet, COLOR.borderStrong);
  const padding = rowPadding(sheet.model.kind);
  const baseline = sheet.y + padding + layout.size * 0.95;
  const style = { size: layout.size, weight: "semibold", color: COLOR.ink } as const;
  drawText(canvas, table.totals.cells[0] ?? "", { ...style, x: MARGIN + EDGE, y: baseline });
  drawCells(canvas, { table, row: table.totals, layout }, { baseline, color: COLOR.ink, weight: "semibold" });
  sheet.y += rowHeight(1, padding);
}

function drawEmptyRow(sheet: Sheet, text: string): void {
  const style = { x: MARGIN + EDGE, y: sheet.y + 19, size: 8.5, color: COLOR.ink3 };
  drawText(sheet.canvas, text, { ...style, maxWidth: CONTENT_WIDTH });
  sheet.y += EMPTY_HEIGHT;
}

function drawLegend(sheet: Sheet, legend: readonly string[]): void {
  const measure = { size: LEGEND_SIZE, maxWidth: CONTENT_WIDTH };
  for (const text of legend) {
    const clean = cleanForFont(sheet.typeface, text);
    for (const line of wrapText(sheet.typeface.regular, clean, measure)) {
      ensureSpace(sheet, LEGEND_LEADING);
      const y = sheet.y + LEGEND_LEADING;
      drawText(sheet.canvas, line, { x: MARGIN + EDGE, y, size: LEGEND_SIZE, color: COLOR.ink3 });
      sheet.y += LEGEND_LEADING;
    }
  }
}
