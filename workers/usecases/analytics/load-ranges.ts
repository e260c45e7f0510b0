import { addDays, daysBetween, isDay, previousRange } from "#core/time/site-day.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { loadAnalytics, type AnalyticsFacts } from "#db/queries/analytics/load-analytics.ts";
import {
  MAX_RANGE_DAYS,
  type AnalyticsDeps,
  type AnalyticsFailure,
  type AnalyticsInput,
} from "./analytics-input.ts";

export type Ranges = {
  current: AnalyticsFacts;
  previous: { range: { from: string; to: string }; facts: AnalyticsFacts } | null;
};

/** The facts of the range, and of the one before it where it is asked for: at once, one round trip each. */
export async function loadRanges(
  deps: AnalyticsDeps,
  input: AnalyticsInput,
  campaignId: number | null,
): Promise<Result<Ranges, AnalyticsFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const before = input.compare === "previous" ? previousRange(input.from, input.to) : null;
  const load = async ({ from, to }: { from: string; to: string }) =>
    await loadAnalytics(deps.databases.named(input.site.database), {
      siteId: input.site.siteId,
      campaignId,
      from,
      to,
      versionFrom: addDays(from, -input.lookbackDays),
      lookbackDays: input.lookbackDays,
      direct: input.direct,
    });
  const [current, previous] = await Promise.all([load(input), before ? load(before) : null]);
  if (!current) return fail({ kind: "not_found" });
  return ok({ current, previous: before && previous ? { range: before, facts: previous } : null });
}

/** Whether it is a closed range of days that may be asked for. */
export function isRange({ from, to }: { from: string; to: string }): boolean {
  return isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < MAX_RANGE_DAYS;
}
