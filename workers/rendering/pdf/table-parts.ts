import type { RGB } from "pdf-lib";

import type { ReportKind } from "#core/report/report-model.ts";

import type { CellTexts, ColumnPlace, TableColumn } from "./table-layout.ts";

export type TableRow = CellTexts & {
  /** Colour of the dot before the name. */
  readonly dot?: RGB;
  /** Part of the whole, 0..1, drawn behind the cell of `shareColumn`. */
  readonly share?: number;
  /** A colour of its own for some cells. */
  readonly colors?: readonly (RGB | null)[];
  readonly isMuted?: boolean;
};

export type Table = {
  readonly columns: readonly TableColumn[];
  /** Headings over several columns, from the second column on. */
  readonly groups?: readonly { label: string; span: number }[];
  readonly rows: readonly TableRow[];
  /** Null where a sum would say nothing. */
  readonly totals: CellTexts | null;
  readonly shareColumn?: number;
  readonly emptyText: string;
  /** Small lines under the table that say how to read it. */
  readonly legend?: readonly string[];
};

export const LINE_HEIGHT = 11;
/** Above and below the text of a row; a summary has one or two pages for everything. */
const ROW_PADDING = { usual: 5, summary: 3.5 } as const;
export const EDGE = 4;

export function rowPadding(kind: ReportKind): number {
  return kind === "executive-summary" ? ROW_PADDING.summary : ROW_PADDING.usual;
}

export function rowHeight(lineCount: number, padding: number): number {
  return lineCount * LINE_HEIGHT + 2 * padding;
}

export type Anchor = { x: number; align: TableColumn["align"] };

export function anchor(place: ColumnPlace, align: TableColumn["align"]): Anchor {
  if (align === "left") return { x: place.x + EDGE, align };
  if (align === "center") return { x: place.x + place.width / 2, align };
  return { x: place.x + place.width - EDGE, align };
}
