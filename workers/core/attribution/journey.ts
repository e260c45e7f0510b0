import type { DirectRule } from "./options.ts";

const DAY_MS = 86_400_000;

/** A touchpoint as attribution sees it. */
export type Touch = {
  id: string;
  atMs: number;
  /**
   * 0, or 1 for a used promo code, which has the conversion's time and comes after all else of that millisecond; 2 for one in
   * the address of a page.
   */
  rank: number;
  /** What earns the credit: the key of its campaign, channel, source… */
  group: string;
  isDirect: boolean;
  /** A promo code that is no campaign's: it was used, but there is nobody to credit. */
  isUnclaimed?: boolean;
};

/** Why a touch does not count. Where several reasons hold it is the first of these. */
export const EXCLUSIONS = [
  "after_conversion",
  "outside_lookback",
  "before_reset",
  "unclaimed_code",
  "direct_excluded",
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** A touch and why it does not count; null where it does. */
export type JudgedTouch = { touch: Touch; exclusion: Exclusion | null };

export type JourneyRules = {
  convertedAtMs: number;
  lookbackDays: number;
  direct: DirectRule;
  /** The visitor's previous conversion, where the journey starts anew after it; null where it does not. */
  resetAtMs: number | null;
};

/**
 * Each touch of a visitor, oldest first by (time, used codes last, rank, id), with whether it counts for a conversion.
 *
 * Eligible is `conversion − lookback ≤ touch ≤ conversion` in milliseconds, both ends included, later than `resetAtMs`;
 * with `exclude_unless_only` direct touches drop out unless all that is left is direct (product.md, 5).
 */
export function judgeTouches(touches: readonly Touch[], rules: JourneyRules): JudgedTouch[] {
  const ordered = touches.toSorted(byTimeAndRank).map((touch) => ({
    touch,
    exclusion: exclusionInTime(touch, rules) ?? (touch.isUnclaimed === true ? "unclaimed_code" : null),
  }));
  const hasOther = ordered.some(({ touch, exclusion }) => exclusion === null && !touch.isDirect);
  if (rules.direct === "keep" || !hasOther) return ordered;
  return ordered.map(({ touch, exclusion }) => ({
    touch,
    exclusion: exclusion ?? (touch.isDirect ? "direct_excluded" : null),
  }));
}

/** The touches that count, oldest first; none of them: the conversion is unattributed. */
export function eligibleJourney(touches: readonly Touch[], rules: JourneyRules): Touch[] {
  return judgeTouches(touches, rules)
    .filter(({ exclusion }) => exclusion === null)
    .map(({ touch }) => touch);
}

function exclusionInTime(touch: Touch, rules: JourneyRules): Exclusion | null {
  const { convertedAtMs, lookbackDays, resetAtMs } = rules;
  if (touch.atMs > convertedAtMs) return "after_conversion";
  if (touch.atMs < convertedAtMs - lookbackDays * DAY_MS) return "outside_lookback";
  return resetAtMs !== null && touch.atMs <= resetAtMs ? "before_reset" : null;
}

function byTimeAndRank(a: Touch, b: Touch): number {
  const isUsed = ({ rank }: Touch) => Number(rank === 1);
  return a.atMs - b.atMs || isUsed(a) - isUsed(b) || a.rank - b.rank || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
