import type { Dimension, Scope } from "#core/rollup/dimensions.ts";
import { uniteVisitors } from "#core/rollup/unite-visitors.ts";
import { precisionOf } from "#core/rollup/visitor-sketch.ts";
import type { BreakdownRow } from "#db/queries/analytics/breakdown-rows.ts";
import type { AnalyticsFacts, TrafficDay } from "#db/queries/analytics/load-analytics.ts";

/** A range's traffic: what adds up is added up over its days, visitors are united. */
export type RangeTraffic = {
  days: TrafficDay[];
  whole: Omit<TrafficDay, "day"> & {
    /** Half the width of the 95 % interval of `visitors`; null where they are exact. */
    visitorsMargin: number | null;
  };
};

/** Traffic of one channel or campaign, its visitors united. */
export type GroupTraffic = {
  key: string;
  impressions: number;
  clicks: number;
  sessions: number;
  visitors: number;
};

/** Days and whole of a scope. */
export function rangeTraffic(
  { days, whole }: Pick<AnalyticsFacts, "days" | "whole">,
  scope: Scope,
): RangeTraffic {
  const sum = (pick: (day: TrafficDay) => number) => days.reduce((total, day) => total + pick(day), 0);
  const { visitors, margin } = uniteVisitors(whole?.periods ?? [], precisionOf(scope, "all"));
  return {
    days,
    whole: {
      impressions: sum((day) => day.impressions),
      clicks: sum((day) => day.clicks),
      pageviews: sum((day) => day.pageviews),
      sessions: sum((day) => day.sessions),
      visitors,
      visitorsMargin: margin,
    },
  };
}

/** The groups of a scope by one dimension; what belongs to none is left out. */
export function groupTraffic(
  rows: readonly BreakdownRow[],
  { scope, dimension }: { scope: Scope; dimension: Dimension },
): GroupTraffic[] {
  const precision = precisionOf(scope, dimension);
  return rows
    .filter(({ entry }) => entry !== "")
    .map(({ entry, impressions, clicks, sessions, periods }) => ({
      key: entry,
      impressions,
      clicks,
      sessions,
      visitors: uniteVisitors(periods, precision).visitors,
    }));
}
