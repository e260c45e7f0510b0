import type { AttributionModel, AttributionRow } from "#contract/attribution.ts";

/** The parameters that name one figure of the workbench: the row, the model of the column, and what is read. */
export type FigureParams = { under: string; kind: string; key: string | null; by: string | null };

/** Rows that open into their journeys; (other) is many groups at once. */
export function figureParams(
  row: Pick<AttributionRow, "kind" | "key">,
  { model, by }: { model: AttributionModel; by: string },
): FigureParams | null {
  if (row.kind === "other") return null;
  return { under: model, kind: row.kind, key: row.key, by: by === "campaign" ? null : by };
}
