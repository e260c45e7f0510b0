import type { RGB } from "pdf-lib";

import { drawText } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import type { ColumnPlace, TableLayout } from "./table-layout.ts";
import { EDGE, LINE_HEIGHT, anchor } from "./table-parts.ts";
import type { Anchor, Table, TableRow } from "./table-parts.ts";
import { textWidth } from "./text-width.ts";
import { COLOR } from "./theme.ts";
import type { Weight } from "./typeface.ts";

export type CellStyle = { baseline: number; color: RGB; weight: Weight };

type CellRow = { table: Table; row: Pick<TableRow, "cells" | "notes" | "colors">; layout: TableLayout };

/** All cells of a row but its name, then the small print below them: text is read in the order it is drawn. */
export function drawCells(canvas: Canvas, drawing: CellRow, style: CellStyle): void {
  const { row, layout } = drawing;
  const { baseline, color, weight } = style;
  drawEach(drawing, row.cells, ({ text, index, place, at }) => {
    const size = fittingSize(canvas, text, { place, size: layout.size, weight });
    drawText(canvas, text, { ...at, y: baseline, size, color: row.colors?.[index] ?? color, weight });
  });
  drawEach(drawing, row.notes ?? [], ({ text, place, at }) => {
    const size = fittingSize(canvas, text, { place, size: layout.noteSize, weight: "regular" });
    drawText(canvas, text, { ...at, y: baseline + LINE_HEIGHT - 1, size, color: COLOR.ink3 });
  });
}

type Cell = { text: string; index: number; place: ColumnPlace; at: Anchor };

function drawEach(
  { table, layout }: CellRow,
  texts: readonly (string | null)[],
  draw: (cell: Cell) => void,
): void {
  for (const [index, column] of table.columns.entries()) {
    const place = layout.columns[index];
    const text = texts[index] ?? "";
    if (index === 0 || place === undefined || text === "") continue;
    draw({ text, index, place, at: anchor(place, column.align) });
  }
}

type Fit = { place: ColumnPlace; size: number; weight: Weight };

/** A figure is never cut: one digit fewer would be another figure. */
function fittingSize({ typeface }: Canvas, text: string, { place, size, weight }: Fit): number {
  const width = textWidth(typeface[weight], cleanForFont(typeface, text), size);
  return size * Math.min(1, (place.width - EDGE) / Math.max(1, width));
}
