import type { DayRow, Kpis } from "#contract/analytics.ts";
import { incompleteIndex } from "#frontend/parts/chart-model.ts";
import type { ChartModel } from "#frontend/parts/chart-model.ts";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { formatMetricAxis, formatMetricExact, METRICS } from "./metrics.ts";
import type { MetricKey } from "./metrics.ts";
import { isOfNothing } from "./totals.ts";

/** What a chart needs of the answer for a campaign or a site. */
export type ChartAnswer = {
  days: readonly DayRow[];
  previousDays: readonly DayRow[];
  previous: Kpis | null;
  basis: { currency: string };
};

/** One metric of an answer as a chart. */
export function chartModel(
  metricKey: MetricKey,
  { days, previousDays, previous, basis }: ChartAnswer,
  { today, than }: Pick<AnalyticsView, "today" | "than">,
): ChartModel {
  const metric = METRICS[metricKey];
  const list = days.map((row) => row.day);
  // Before the site was measured there are rows of zeros: a line of them would say that there was business of 0.
  const isNothing = previous !== null && isOfNothing(previous);
  const compared = isNothing || previousDays.length === 0 ? null : previousDays;
  return {
    label: metric.label,
    days: list,
    values: days.map((row) => metric.day(row)),
    previous: compared?.map((row) => metric.day(row)) ?? null,
    previousDays: compared?.map((row) => row.day) ?? null,
    previousLabel: than.charAt(0).toUpperCase() + than.slice(1),
    previousNote: isNothing ? `Nothing to compare with in the ${than}` : null,
    incompleteFrom: incompleteIndex(list, today),
    format: (value) => formatMetricExact(metric, value, basis.currency),
    formatAxis: (value) => formatMetricAxis(metric, value, basis.currency),
  };
}
