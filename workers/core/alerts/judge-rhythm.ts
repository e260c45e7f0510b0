import type { Judgement, Usual } from "./alert-cause.ts";
import { numberOf, type AlertNumbers } from "./alert-parameters.ts";
import { baselineOf, type Baseline } from "./hour-baseline.ts";

const MINUTE_MS = 60_000;
const PER_CENT = 100;
/** Beyond three standard deviations chance alone is once in 700 at most (normal distribution, one side). */
const SIGMAS = 3;

export type SilenceFacts = {
  atMs: number;
  lastEventMs: number;
  timeZone: string;
  /** Events in the same stretch of each of the last weeks, as far back as the site was there. */
  weeks: readonly number[];
  /** Nothing of any site of the database is stored although collect took bodies: it is not the site. */
  isIngestStalled: boolean;
};

/**
 * Whether a site that has sent nothing for a while usually has by now. It has to have had events in that stretch of the
 * week in every week that is known but one, and as many as the rule says in the median: a quiet site has not, and is
 * never told of.
 */
export function judgeSilence(facts: SilenceFacts, numbers: AlertNumbers): Judgement {
  const { atMs, lastEventMs, timeZone, weeks, isIngestStalled } = facts;
  const minutes = Math.floor((atMs - lastEventMs) / MINUTE_MS);
  const baseline = baselineOf(weeks);
  const cause = { kind: "site-silent", lastEventMs, timeZone, minutes, usual: usualOf(baseline) } as const;
  if (minutes < numberOf(numbers, "leastMinutes")) return { verdict: "good", cause };
  if (isIngestStalled) return { verdict: "missing", reason: "ingest_stalled" };
  if (baseline === null) return { verdict: "missing", reason: "too_little_history" };

  const emptyWeeks = weeks.filter((events) => events < 1).length;
  if (baseline.median < 1) return { verdict: "gone" };
  const isUnusual = baseline.median >= numberOf(numbers, "leastExpected") && emptyWeeks <= 1;
  // Less than usual is nothing to be told of, and no event has come that would say it is over.
  return isUnusual ? { verdict: "bad", cause } : { verdict: "missing", reason: "usually_quiet" };
}

export type ConversionFacts = {
  fromMs: number;
  toMs: number;
  timeZone: string;
  conversions: number;
  /** Events of any kind in the hours. */
  events: number;
  /** Conversions in the same hours of each of the last weeks, as far back as the site was there. */
  weeks: readonly number[];
  /** An hour of them is still to be summed. */
  isStale: boolean;
};

/** Whether a site has fewer conversions than these hours of the week usually have, by more than chance would. */
export function judgeConversions(facts: ConversionFacts, numbers: AlertNumbers): Judgement {
  const { conversions, events, weeks, isStale, fromMs, toMs, timeZone } = facts;
  if (isStale) return { verdict: "missing", reason: "not_rolled_up" };
  const baseline = baselineOf(weeks);
  if (baseline === null) return { verdict: "missing", reason: "too_little_history" };
  // Another rule tells of a site without any event; that its conversions fail to come is not known then.
  if (events === 0) return { verdict: "missing", reason: "site_is_silent" };

  const usual = usualOf(baseline);
  const cause = { kind: "conversion-drop", conversions, fromMs, toMs, timeZone, usual } as const;
  return { verdict: isDrop(conversions, baseline, numbers) ? "bad" : "good", cause };
}

/** Counts vary by their square root at least (Poisson), however alike the weeks were. */
function isDrop(conversions: number, { median, spread }: Baseline, numbers: AlertNumbers): boolean {
  const sigma = Math.max(spread, Math.sqrt(median));
  return (
    median >= numberOf(numbers, "leastUsual") &&
    conversions < median * (1 - numberOf(numbers, "percent") / PER_CENT) &&
    conversions < median - SIGMAS * sigma
  );
}

function usualOf(baseline: Baseline | null): Usual | null {
  if (baseline === null) return null;
  const { weeks, median, low, high } = baseline;
  return { weeks, median, low: Math.round(low), high: Math.round(high) };
}
