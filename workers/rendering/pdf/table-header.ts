import type { RGB } from "pdf-lib";

import { drawText, strokeLine } from "./canvas.ts";
import type { Sheet } from "./sheet.ts";
import type { TableLayout } from "./table-layout.ts";
import { EDGE, anchor } from "./table-parts.ts";
import type { Table } from "./table-parts.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";

export const HEADER_HEIGHT = 22;
export const GROUP_HEIGHT = 16;
const GROUP_INDENT = 12;

/** The names of the columns; repeated on every page that the table reaches. */
export function drawTableHeader(sheet: Sheet, table: Table, layout: TableLayout): void {
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
  drawTableRule(sheet, COLOR.borderStrong);
}

function drawGroups(sheet: Sheet, groups: NonNullable<Table["groups"]>, layout: TableLayout): void {
  let column = 1;
  for (const { label, span } of groups) {
    const first = layout.columns[column];
    const last = layout.columns[column + span - 1];
    column += span;
    if (first === undefined || last === undefined) continue;
    const right = last.x + last.width - EDGE;
    const left = first.x + GROUP_INDENT;
    const style = { y: sheet.y + 10, size: layout.size, weight: "semibold", color: COLOR.ink } as const;
    drawText(sheet.canvas, label, { ...style, x: right, align: "right", maxWidth: right - left });
    const rule = [
      { x: left, y: sheet.y + GROUP_HEIGHT },
      { x: right, y: sheet.y + GROUP_HEIGHT },
    ];
    strokeLine(sheet.canvas, rule, { color: COLOR.borderStrong, width: 0.75 });
  }
  sheet.y += GROUP_HEIGHT;
}

export function drawTableRule(sheet: Sheet, color: RGB): void {
  const rule = [
    { x: MARGIN, y: sheet.y },
    { x: MARGIN + CONTENT_WIDTH, y: sheet.y },
  ];
  strokeLine(sheet.canvas, rule, { color, width: 0.75 });
}
