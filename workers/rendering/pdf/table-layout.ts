import { cleanForFont } from "./clean-text.ts";
import { textWidth } from "./text-width.ts";
import type { Typeface } from "./typeface.ts";

export type TableColumn = { header: string; align: "left" | "right" | "center" };

export type ColumnPlace = { x: number; width: number };
export type TableLayout = {
  size: number;
  headerSize: number;
  noteSize: number;
  columns: readonly ColumnPlace[];
};

/** What stands in a row: the cells, and small print under some of them. */
export type CellTexts = {
  readonly cells: readonly string[];
  readonly notes?: readonly (string | null)[];
};

type Room = { x: number; width: number };

const BODY_SIZE = 8.5;
const SMALLEST_SIZE = 5;
const SHRINK = 0.95;
const CELL_GAP = 14;
const MIN_NAME_WIDTH = 118;
const HEADER_SHARE = 0.88;
const NOTE_SHARE = 0.78;

/**
 * Number columns are as wide as their widest cell, the first column has the rest. Where amounts are so long that the
 * first would vanish, the whole table is set smaller.
 */
export function layOutTable(
  typeface: Typeface,
  columns: readonly TableColumn[],
  options: { rows: readonly CellTexts[]; room: Room },
): TableLayout {
  const { rows, room } = options;
  const unitWidths = columns.map((column, index) =>
    index === 0 ? 0 : widestCell(typeface, column, { rows, index }),
  );
  let size = BODY_SIZE;
  while (size > SMALLEST_SIZE && nameWidth(unitWidths, size, room.width) < MIN_NAME_WIDTH) size *= SHRINK;
  const first = Math.max(MIN_NAME_WIDTH, nameWidth(unitWidths, size, room.width));
  return {
    size,
    headerSize: size * HEADER_SHARE,
    noteSize: size * NOTE_SHARE,
    columns: placeColumns(unitWidths, { size, first, room }),
  };
}

/** Width at size 1 of the widest cell, which may be the bold one of the totals row. */
function widestCell(
  typeface: Typeface,
  column: TableColumn,
  { rows, index }: { rows: readonly CellTexts[]; index: number },
): number {
  let widest = textWidth(typeface.semibold, cleanForFont(typeface, column.header), HEADER_SHARE);
  for (const { cells, notes } of rows) {
    const width = textWidth(typeface.semibold, cleanForFont(typeface, cells[index] ?? ""), 1);
    if (width > widest) widest = width;
    const note = notes?.[index];
    if (note === null || note === undefined) continue;
    const noteWidth = textWidth(typeface.regular, cleanForFont(typeface, note), NOTE_SHARE);
    if (noteWidth > widest) widest = noteWidth;
  }
  return widest;
}

function nameWidth(unitWidths: readonly number[], size: number, width: number): number {
  return width - unitWidths.slice(1).reduce((sum, unit) => sum + unit * size + CELL_GAP, 0);
}

function placeColumns(
  unitWidths: readonly number[],
  { size, first, room }: { size: number; first: number; room: Room },
): ColumnPlace[] {
  const rest = unitWidths.slice(1).map((unit) => unit * size + CELL_GAP);
  const wanted = rest.reduce((sum, width) => sum + width, 0);
  // Squeezed only when even the smallest size is too wide; the cells then shrink one by one.
  const squeeze = Math.min(1, (room.width - first) / Math.max(1, wanted));
  let x = room.x + first;
  const places = [{ x: room.x, width: first }];
  for (const width of rest) {
    places.push({ x, width: width * squeeze });
    x += width * squeeze;
  }
  return places;
}
