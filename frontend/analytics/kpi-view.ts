import type { DayRow, Kpis, MissingBase } from "#contract/analytics.ts";
import { formatChange, formatPoints } from "#frontend/format/number.ts";
import type { Change } from "#frontend/parts/change.ts";
import { formatMetric } from "./metrics.ts";
import type { Metric } from "./metrics.ts";

/** Below half a per mille a change is noise that rounds to nothing. */
const SAME_BELOW = 0.0005;

export type TileModel = {
  value: string | null;
  change: Change | null;
  missing: MissingBase | null;
  trend: readonly (number | null)[];
};

type Figures = { kpis: Kpis; previous: Kpis | null; days: readonly DayRow[]; currency: string; than: string };

/** What a tile says about one metric. */
export function tileModel(metric: Metric, { kpis, previous, days, currency, than }: Figures): TileModel {
  const value = metric.total(kpis);
  const before = previous ? metric.total(previous) : null;
  return {
    value: value === null ? null : formatMetric(metric, value, currency),
    change: value === null ? null : changeOf(metric, { value, before, than }),
    missing: metric.reason(kpis),
    trend: days.map((row) => metric.day(row)),
  };
}

type Pair = { value: number; before: number | null; than: string };

/** The change against the comparison; null when that has no base, because "up ∞ %" helps nobody. */
export function changeOf(metric: Metric, { value, before, than }: Pair): Change | null {
  if (before === null || before === 0) return null;
  const change = (value - before) / Math.abs(before);
  if (Math.abs(change) < SAME_BELOW) return { direction: "same", size: "", judgement: "neutral", than };
  const direction = change > 0 ? "up" : "down";
  const size = metric.unit === "share" ? formatPoints(value - before) : formatChange(change);
  return { direction, size, judgement: judge(metric, direction), than };
}

function judge(metric: Metric, direction: "up" | "down"): Change["judgement"] {
  if (metric.better === "neutral") return "neutral";
  return (metric.better === "more") === (direction === "up") ? "good" : "bad";
}

/** Why there is no figure, in words. */
export function missingReason(missing: MissingBase): string {
  switch (missing) {
    case "no_spend":
      return "No spend on these days.";
    case "no_conversions":
      return "No conversions on these days.";
    case "no_visitors":
      return "No visitors on these days.";
    case "no_impressions":
      return "No impressions on these days.";
    case "currency_mismatch":
      return "Spend is in another currency, and there is no rate for its day.";
    case "no_margin":
      return "Nobody said what is left of revenue: set a margin.";
    case "not_paid_back":
      return "What came in does not cover the spend of these days yet.";
    case "no_budget":
      return "The campaign has no budget.";
    case "no_flight":
      return "The campaign has no first and last day.";
    case "not_started":
      return "The campaign has not started yet.";
  }
}
