import { cpa, roas, roi } from "#core/roi/ratios.ts";

import type { ReportFigures } from "./report-tables.ts";

/** ROAS, ROI and CPA (minor units) of a row of a table, the same in every format; null where there is no base. */
export function rowRatios(row: ReportFigures): Record<"roas" | "roi" | "cpa", number | null> {
  // Spend that has no rate is no number in a row: it is missed as spend that nobody entered is.
  const figures = { ...row, isSpendForeign: false, isRevenueForeign: row.isRevenueForeign ?? false };
  return { roas: roas(figures).value, roi: roi(figures).value, cpa: cpa(figures).value };
}
