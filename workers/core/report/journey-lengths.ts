import type { ReportJourneyLength } from "./report-journeys.ts";

/** Ways that a report names, and steps of each. */
export const TOP_WAYS = 10;
export const MOST_STEPS = 8;

/** Numbers of touchpoints that are one bar: 1, 2, 3, 4 to 6, 7 to 12, and more. */
const BARS: readonly (readonly [min: number, max: number | null])[] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 6],
  [7, 12],
  [13, null],
];

/** Conversions by how many touchpoints led to them. */
export function lengthGroups(
  lengths: readonly { touches: number; conversions: number }[],
): ReportJourneyLength[] {
  return BARS.map(([min, max]) => {
    const inside = lengths.filter(({ touches }) => touches >= min && (max === null || touches <= max));
    return { min, max, conversions: inside.reduce((sum, { conversions }) => sum + conversions, 0) };
  });
}
