import type { DayRow, Kpis, MissingBase } from "#contract/analytics.ts";
import { relativeChange } from "#core/roi/relative-change.ts";
import { formatChange, formatPoints } from "#frontend/format/number.ts";
import type { Change } from "#frontend/parts/change.ts";
import { formatMetric } from "./metrics.ts";
import type { Metric } from "./metrics.ts";

/** Below half a per mille a change is noise that rounds to nothing. */
const SAME_BELOW = 0.0005;

export type TileModel = {
  value: string | null;
  change: Change | null;
  /** In the place of a change that would mislead. */
  note: string | null;
  missing: MissingBase | null;
  trend: readonly (number | null)[];
};

/** `isRunning`: the figures are of a day that is not over, those before of a whole one. */
type Figures = {
  kpis: Kpis;
  previous: Kpis | null;
  days: readonly DayRow[];
  currency: string;
  than: string;
  isRunning: boolean;
};

/** What a tile says about one metric. */
export function tileModel(metric: Metric, figures: Figures): TileModel {
  const { kpis, previous, days, currency, than, isRunning } = figures;
  const value = metric.total(kpis);
  const before = previous ? metric.total(previous) : null;
  return {
    value: value === null ? null : formatMetric(metric, value, currency),
    change: value === null || isRunning ? null : changeOf(metric, { value, before, currency, than }),
    note: isRunning && previous ? runningNote(metric, { before, currency, than }) : null,
    missing: metric.reason(kpis),
    trend: days.map((row) => metric.day(row)),
  };
}

/** Some hours are no match for a day: both are said, and neither is good or bad. */
function runningNote(
  metric: Metric,
  { before, currency, than }: { before: number | null; currency: string; than: string },
): string {
  const still = "day still running";
  return before === null ? still : `${still}, ${formatMetric(metric, before, currency)} on ${than}`;
}

type Pair = { value: number; before: number | null; currency: string; than: string };

/** The change against the comparison; null when that has no base, because "up ∞ %" helps nobody. */
export function changeOf(metric: Metric, { value, before, currency, than }: Pair): Change | null {
  if (before === null || before === 0) return null;
  const difference = value - before;
  if (Math.abs(difference / before) < SAME_BELOW)
    return { direction: "same", size: "", judgement: "neutral", than };
  const direction = difference > 0 ? "up" : "down";
  const size = sizeOf(metric, { value, before, currency });
  return { direction, size, judgement: judge(metric, direction), than };
}

/** Shares differ by points; the rest by its part of what it was, or from below zero by the amount itself. */
function sizeOf(
  metric: Metric,
  { value, before, currency }: { value: number; before: number; currency: string },
): string {
  if (metric.unit === "share") return formatPoints(value - before);
  const change = relativeChange(value, before);
  if (change !== null) return formatChange(change);
  const [amount, from] = [Math.abs(value - before), before].map((one) => formatMetric(metric, one, currency));
  return `${amount} from ${from}`;
}

function judge(metric: Metric, direction: "up" | "down"): Change["judgement"] {
  if (metric.better === "neutral") return "neutral";
  return (metric.better === "more") === (direction === "up") ? "good" : "bad";
}

const MISSING_WORDS: Readonly<Record<MissingBase, string>> = {
  no_spend: "No spend on these days.",
  no_conversions: "No conversions on these days.",
  no_visitors: "No visitors on these days.",
  no_impressions: "No impressions on these days.",
  currency_mismatch: "Some of the money is in another currency, and there is no rate for its day: add one.",
  no_margin: "Nobody said what is left of revenue.",
  not_paid_back: "What came in does not cover the spend of these days yet.",
  no_budget: "The campaign has no budget.",
  no_flight: "The campaign has no first and last day.",
  not_started: "The campaign has not started yet.",
};

/** Why there is no figure, in words. */
export function missingReason(missing: MissingBase): string {
  return MISSING_WORDS[missing];
}
