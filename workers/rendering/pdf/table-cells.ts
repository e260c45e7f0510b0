import type { RGB } from "pdf-lib";

import { drawText } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import type { ColumnPlace, TableLayout } from "./table-layout.ts";
import { EDGE, LINE_HEIGHT, anchor } from "./table-parts.ts";
import type { Table, TableRow } from "./table-parts.ts";
import { textWidth } from "./text-width.ts";
import { COLOR } from "./theme.ts";
import type { Weight } from "./typeface.ts";

export type CellStyle = { baseline: number; color: RGB; weight: Weight };

/** All cells of a row but its name, each with its small print below. */
export function drawCells(
  canvas: Canvas,
  { table, row, layout }: { table: Table; row: Pick<TableRow, "cells" | "notes" | "colors">; layout: TableLayout },
  style: CellStyle,
): void {
  for (const [index, column] of table.columns.entries()) {
    const place = layout.columns[index];
    if (index === 0 || place === undefined) continue;
    const at = anchor(place, column.align);
    const text = row.cells[index] ?? "";
    const color = row.colors?.[index] ?? style.color;
    const size = fittingSize(canvas, text, { place, size: layout.size, weight: style.weight });
    drawText(canvas, text, { ...at, y: style.baseline, size, color, weight: style.weight });
    const note = row.notes?.[index] ?? "";
    if (note === "") continue;
    const noteSize = fittingSize(canvas, note, { place, size: layout.noteSize, weight: "regular" });
    drawText(canvas, note, { ...at, y: style.baseline + LINE_HEIGHT - 1, size: noteSize, color: COLOR.ink3 });
  }
}

type Fit = { place: ColumnPlace; size: number; weight: Weight };

/** A figure is never cut: one digit fewer would be another figure. */
function fittingSize({ typeface }: Canvas, text: string, { place, size, weight }: Fit): number {
  const width = textWidth(typeface[weight], cleanForFont(typeface, text), size);
  return size * Math.min(1, (place.width - EDGE) / Math.max(1, width));
}
