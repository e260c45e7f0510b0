import type { Interval } from "#core/attribution/interval.ts";
import type { MarkovCounts } from "#core/attribution/markov/markov-counts.ts";
import {
  markovCredit,
  type MarkovCredit,
  type MarkovError,
  type MarkovGroupCredit,
} from "#core/attribution/markov/markov-credit.ts";
import {
  markovCreditWithIntervals,
  type MarkovGroupIntervals,
} from "#core/attribution/markov/markov-intervals.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import { ok, type Result } from "#core/result.ts";
import { splitByShares } from "#core/money/split-by-shares.ts";
import type { MarkovSteps } from "#db/queries/attribution/markov-steps.ts";

/** What one group earned; money in whole minor units that add up. Intervals are null where the buckets are not known. */
export type MarkovGroup = {
  key: string | null;
  removalEffect: number;
  conversions: number;
  conversionsInterval: Interval | null;
  revenueMinor: number;
  revenueInterval: Interval | null;
  /** The chain shares out all money of the range at once: where some has no rate, every group's part lacks some of it. */
  isRevenueForeign: boolean;
};

/** The Markov part of an answer, as it is kept. */
export type MarkovPart =
  | { kind: "absent"; reason: "too_many_states" | "no_conversions"; states: number }
  | { kind: "credit"; states: number; pConversion: number; empirical: number; groups: MarkovGroup[] };

/**
 * Credit and its intervals from the steps that Postgres counted. Minor units go to the largest remainders, ties to the
 * name that comes first by code points (decisions 24).
 */
export function markovPart(steps: MarkovSteps, options: MarkovOptions): MarkovPart {
  const { counts, states, total, keys } = steps;
  if (counts === null) return { kind: "absent", reason: "too_many_states", states };
  if (total.conversions === 0) return { kind: "absent", reason: "no_conversions", states };
  const solved = creditAndSpans(steps, counts, options);
  if (!solved.ok) return { kind: "absent", reason: solved.error.kind, states };
  const { credit, spans } = solved.value;
  const money = wholeMinor(credit.credit, keys, total.value);
  return {
    kind: "credit",
    states,
    pConversion: credit.pConversion,
    empirical: options.nullJourneys ? total.conversions / (total.conversions + steps.nullJourneys) : 1,
    groups: credit.credit.map((group, i) => ({
      key: keys[i] ?? null,
      removalEffect: group.removalEffect,
      conversions: group.conversions,
      conversionsInterval: spans[i]?.conversions ?? null,
      revenueMinor: money[i] ?? 0,
      revenueInterval: spans[i]?.value ?? null,
      isRevenueForeign: steps.isRevenueForeign && (group.conversions !== 0 || group.value !== 0),
    })),
  };
}

type Spans = readonly MarkovGroupIntervals[];

/** Without the buckets nothing is known of the intervals. */
function creditAndSpans(
  { total, hasBuckets }: MarkovSteps,
  counts: MarkovCounts,
  options: MarkovOptions,
): Result<{ credit: MarkovCredit; spans: Spans }, MarkovError> {
  if (!hasBuckets) {
    const credit = markovCredit(counts, total, options);
    return credit.ok ? ok({ credit: credit.value, spans: [] }) : credit;
  }
  const both = markovCreditWithIntervals(counts, total, options);
  return both.ok ? ok({ credit: both.value.credit, spans: both.value.intervals }) : both;
}

function wholeMinor(
  credit: readonly MarkovGroupCredit[],
  keys: readonly (string | null)[],
  totalMinor: number,
): number[] {
  const order = credit.map((_, i) => i).toSorted((a, b) => compare(keys[a] ?? "", keys[b] ?? ""));
  const shares = order.map((i) => (totalMinor === 0 ? 0 : (credit[i]?.value ?? 0) / totalMinor));
  const split = splitByShares(totalMinor, { kind: "double", shares });
  const money = new Map(order.map((i, place) => [i, split[place] ?? 0]));
  return credit.map((_, i) => money.get(i) ?? 0);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
