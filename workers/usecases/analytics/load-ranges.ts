import { comparisonRange } from "#core/report/comparison-range.ts";
import { daysBetween, isDay } from "#core/time/site-day.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { loadAnalytics } from "#db/queries/analytics/load-analytics.ts";
import { firstDayThatCounts } from "#core/spend/first-day-that-counts.ts";
import { countedFrom } from "#usecases/spend/computed-spend.ts";
import {
  MAX_RANGE_DAYS,
  type AnalyticsDeps,
  type AnalyticsFailure,
  type AnalyticsInput,
} from "./analytics-input.ts";
import { settleMoney, type SettledFacts } from "./settle-money.ts";

export type Ranges = {
  current: SettledFacts;
  previous: { range: { from: string; to: string }; facts: SettledFacts } | null;
};

/**
 * The facts of the range, and of the one before it where it is asked for, in the site's currency: at once, one round trip
 * each, and more where credit or the counts of deals are to be worked out.
 */
export async function loadRanges(
  deps: AnalyticsDeps,
  input: AnalyticsInput,
  campaignId: number | null,
): Promise<Result<Ranges, AnalyticsFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const before = comparisonRange(input.compare, input);
  const load = async (range: { from: string; to: string }) =>
    await loadSettled(deps, input, { campaignId, ...range });
  const [current, previous] = await Promise.all([load(input), before ? load(before) : null]);
  if (!current) return fail({ kind: "not_found" });
  return ok({ current, previous: before && previous ? { range: before, facts: previous } : null });
}

async function loadSettled(
  deps: AnalyticsDeps,
  input: AnalyticsInput,
  { campaignId, from, to }: { campaignId: number | null; from: string; to: string },
): Promise<SettledFacts | null> {
  const { siteId, database } = input.site;
  const db = deps.databases.named(database);
  const { lookbackDays, direct } = input;
  const facts = await loadAnalytics(db, {
    siteId,
    campaignId,
    from,
    to,
    versionFrom: firstDayThatCounts(from, lookbackDays),
    ratesFrom: countedFrom(from),
    lookbackDays,
    direct,
    currency: input.currency,
  });
  return (
    facts && (await settleMoney(db, facts, { siteId, from, to, lookbackDays, direct, now: deps.clock.now() }))
  );
}

/** Whether it is a closed range of days that may be asked for. */
export function isRange({ from, to }: { from: string; to: string }): boolean {
  return isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < MAX_RANGE_DAYS;
}
