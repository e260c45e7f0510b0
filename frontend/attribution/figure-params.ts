import type { AttributionModel, AttributionRow } from "#contract/attribution.ts";

/** The parameters that name one figure of the workbench: the row, the model of the column, and what is read. */
export type FigureParams = { under: string; kind: string; key: string | null; by: string | null };

/** Every row opens into its journeys; (other) into those of all the groups that it sums. */
export function figureParams(
  row: Pick<AttributionRow, "kind" | "key">,
  { model, by }: { model: AttributionModel; by: string },
): FigureParams {
  return { under: model, kind: row.kind, key: row.key, by: by === "campaign" ? null : by };
}
