/**
 * How a cell is written and shown. `money` is minor units of the report's currency, `day` is `YYYY-MM-DD`, `percent` a
 * share (0.031), `change` the same with its sign, `guarded` text that would be a formula if it were typed again.
 */
export const CELL_FORMATS = [
  "text",
  "guarded",
  "wrapped",
  "count",
  "credit",
  "money",
  "ratio",
  "percent",
  "change",
  "days",
  "day",
  "rate",
] as const;
export type CellFormat = (typeof CELL_FORMATS)[number];

/** `weak`: too little is known to decide by it. */
export const ROW_LOOKS = ["body", "weak", "total"] as const;
export type RowLook = (typeof ROW_LOOKS)[number];

/** Null leaves the cell empty: unknown, never 0. */
export type CellValue = string | number | null;

export type SheetRow = {
  cells: readonly CellValue[];
  /** Where they are not the columns'. */
  formats?: readonly CellFormat[];
  look?: RowLook;
};

export type SheetColumn = { header: string; format: CellFormat; width: number };

/** A line above a table, over its whole width. */
export type LeadLine = { text: string; look: "title" | "subtitle" | "sentence" };

/** One table; what stands above it and its header stay in view. */
export type Sheet = {
  name: string;
  lead: readonly LeadLine[];
  columns: readonly SheetColumn[];
  rowCount: number;
  /** As many as `rowCount`; they are asked for once. */
  rows: Iterable<SheetRow>;
  /** The last row, apart from the rest for filters. */
  totals: SheetRow | null;
};

/** Lines above the first row of the table: the lead, an empty line under it, the header. */
export function headerRowNumber({ lead }: Pick<Sheet, "lead">): number {
  return lead.length === 0 ? 1 : lead.length + 2;
}
