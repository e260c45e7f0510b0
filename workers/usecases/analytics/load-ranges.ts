import { comparisonRange } from "#core/report/comparison-range.ts";
import { daysBetween, isDay } from "#core/time/site-day.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { loadAnalyticsOf } from "#db/queries/analytics/load-analytics.ts";
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
  const { siteId, database } = input.site;
  const { lookbackDays, direct, currency } = input;
  const load = async ({ from, to }: { from: string; to: string }) => {
    const range = { siteId, campaignId, from, to };
    const [facts = null] = await loadSettled(deps, { database, lookbackDays, direct, currency }, [range]);
    return facts;
  };
  const [current, previous] = await Promise.all([load(input), before ? load(before) : null]);
  if (!current) return fail({ kind: "not_found" });
  return ok({ current, previous: before && previous ? { range: before, facts: previous } : null });
}

/** A range of one site, or of one campaign of it. */
export type RangeOf = { siteId: number; campaignId: number | null; from: string; to: string };

type SettleInput = Pick<AnalyticsInput, "lookbackDays" | "direct" | "currency"> & {
  database: string;
  isByCampaign?: boolean;
};

/**
 * The facts of several ranges, all of one database, each in the currency that was asked for, else its site's; null for a
 * site that is not there. One round trip for all of them; what credit and counts of deals need more is asked side by side.
 */
export async function loadSettled(
  deps: AnalyticsDeps,
  { database, lookbackDays, direct, currency, isByCampaign }: SettleInput,
  ranges: readonly RangeOf[],
): Promise<(SettledFacts | null)[]> {
  const db = deps.databases.named(database);
  const now = deps.clock.now();
  const questions = ranges.map((range) => ({
    ...range,
    versionFrom: firstDayThatCounts(range.from, lookbackDays),
    ratesFrom: countedFrom(range.from),
    lookbackDays,
    direct,
    currency,
    isByCampaign,
  }));
  const loaded = await loadAnalyticsOf(db, questions);
  return await Promise.all(
    questions.map(async (question, at) => {
      const facts = loaded[at] ?? null;
      return facts && (await settleMoney(db, facts, { ...question, now }));
    }),
  );
}

/** Whether it is a closed range of days that may be asked for. */
export function isRange({ from, to }: { from: string; to: string }): boolean {
  return isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < MAX_RANGE_DAYS;
}
