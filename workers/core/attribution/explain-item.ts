import { shareOf, splitChange, type Shares } from "#core/money/split-by-shares.ts";
import { judgeTouches, type Exclusion, type JourneyRules, type Touch } from "./journey.ts";
import { journeyShares, type JourneyModel } from "./journey-shares.ts";
import type { AttributionOptions } from "./options.ts";

/** What is shared out: a conversion (`conversions` 1, `beforeMinor` 0) or a refund (0, what was left before and after it). */
export type Shared = { conversions: number; beforeMinor: number; afterMinor: number };

export type TouchCredit = { conversions: number; revenueMinor: number };

/** A touch, its place among those that count, and what it gets; `credit` is null where nothing is shared out. */
export type ExplainedTouch<T extends Touch> = {
  touch: T;
  exclusion: Exclusion | null;
  place: number | null;
  credit: TouchCredit | null;
};

export type ExplainQuestion = {
  /** Null: only which touches count, as for Markov, whose credit is not one conversion's. */
  model: JourneyModel | null;
  options: Pick<AttributionOptions, "position" | "halfLifeDays">;
  rules: JourneyRules;
};

/**
 * Each touch of a person before a conversion, oldest first: whether and why it does not count, and what the model gives it
 * of one conversion or refund, in whole minor units that add up. The same decisions as `journey.ts` and `credit-items.ts`,
 * touch by touch.
 */
export function explainItem<T extends Touch>(
  touches: readonly T[],
  shared: Shared,
  { model, options, rules }: ExplainQuestion,
): ExplainedTouch<T>[] {
  const judged = judgeTouches(touches, rules) as { touch: T; exclusion: Exclusion | null }[];
  const journey = judged.filter(({ exclusion }) => exclusion === null).map(({ touch }) => touch);
  const credits =
    model === null || journey.length === 0 ? [] : creditsOf(journey, shared, { model, options });
  const places = new Map(journey.map((touch, i) => [touch, i]));
  return judged.map(({ touch, exclusion }) => {
    const place = places.get(touch);
    if (place === undefined) return { touch, exclusion, place: null, credit: null };
    return { touch, exclusion, place: place + 1, credit: credits[place] ?? null };
  });
}

function creditsOf(
  journey: readonly Touch[],
  shared: Shared,
  { model, options }: { model: JourneyModel; options: ExplainQuestion["options"] },
): TouchCredit[] {
  const shares = journeyShares(model, journey, options);
  const minors = minorsOf(model, shared, shares);
  return journey.map((_, i) => ({
    conversions: shareOf(shares, i) * shared.conversions,
    revenueMinor: minors[i] ?? 0,
  }));
}

/** Participation gives the whole to each, so that there is nothing to split. */
function minorsOf(model: JourneyModel, { beforeMinor, afterMinor }: Shared, shares: Shares): number[] {
  if (model !== "participation" || shares.kind !== "exact")
    return splitChange({ beforeMinor, afterMinor }, shares);
  return shares.numerators.map((numerator) => (numerator === 0 ? 0 : afterMinor - beforeMinor));
}

/** What some touches got together. */
export function sumTouchCredit(credits: Iterable<TouchCredit | null>): TouchCredit {
  const sum = { conversions: 0, revenueMinor: 0 };
  for (const credit of credits) {
    sum.conversions += credit?.conversions ?? 0;
    sum.revenueMinor += credit?.revenueMinor ?? 0;
  }
  return sum;
}
