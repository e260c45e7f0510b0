import type { Breakdown } from "#contract/breakdown.ts";
import type { KeptDimension, Scope } from "#core/rollup/dimensions.ts";
import { uniteVisitors } from "#core/rollup/unite-visitors.ts";
import { precisionOf } from "#core/rollup/visitor-sketch.ts";
import type { BreakdownRow as Counted } from "#db/queries/analytics/breakdown-rows.ts";

/** Of a value that no period of a range has. */
export const NOTHING: Counted = {
  entry: "",
  impressions: 0,
  clicks: 0,
  pageviews: 0,
  sessions: 0,
  conversions: 0,
  revenueMinor: 0,
  refundMinor: 0,
  amount: 0,
  periods: [],
};

/** What a value's row says, its visitors united. */
export function measuresOf(
  row: Counted,
  { scope, dimension }: { scope: Scope; dimension: KeptDimension },
): Breakdown["total"] {
  const { visitors, margin } = uniteVisitors(row.periods, precisionOf(scope, dimension));
  const { impressions, clicks, pageviews, sessions, conversions, revenueMinor, refundMinor } = row;
  const sums = { impressions, clicks, pageviews, sessions, conversions, revenueMinor, refundMinor };
  return { ...sums, visitors, visitorsMargin: margin };
}
