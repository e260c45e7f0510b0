import type { Ratio } from "#contract/analytics.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { Term } from "#frontend/parts/tooltip.tsx";
import { missingReason } from "./kpi-view.ts";

/** A ratio in a table: the figure, or a dash that says why on hover and focus. */
export function MissingFigure({ ratio, format }: { ratio: Ratio; format: (value: number) => string }) {
  if (ratio.value !== null) return <>{format(ratio.value)}</>;
  if (ratio.reason === null) return <>{NO_VALUE}</>;
  return <Term explanation={missingReason(ratio.reason)}>{NO_VALUE}</Term>;
}
