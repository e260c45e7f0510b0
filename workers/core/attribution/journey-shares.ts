import type { Shares } from "#core/money/split-by-shares.ts";
import type { Touch } from "./journey.ts";
import type { Model } from "./models.ts";
import type { AttributionOptions, PositionShares } from "./options.ts";

const DAY_MS = 86_400_000;

/** Markov credit comes from the whole chain, not from one journey. */
export type JourneyModel = Exclude<Model, "markov">;

type ShareOptions = Pick<AttributionOptions, "position" | "halfLifeDays">;

/**
 * What each touch of an eligible journey, oldest first and not empty, gets of its conversion. Formulas and their sources
 * are in docs/attribution.md. Rational shares are exact; time decay is in doubles.
 *
 * Participation gives a whole to the first touch of each distinct group, Shapley an equal part: the Shapley value of the
 * game in which a journey's conversion needs all its groups is 1/d for each of the d distinct ones (Zhao et al. 2018,
 * arXiv:1804.05327, their "simplified" closed form).
 */
export function journeyShares(model: JourneyModel, journey: readonly Touch[], options: ShareOptions): Shares {
  switch (model) {
    case "first":
      return oneTakesAll(journey, 0);
    case "last":
      return oneTakesAll(journey, journey.length - 1);
    case "last_non_direct":
      return oneTakesAll(journey, lastNonDirect(journey));
    case "linear":
      return exact(journey.map(() => 1));
    case "position":
      return positionShares(journey.length, options.position);
    case "time_decay":
      return decayShares(journey, options.halfLifeDays);
    case "participation":
      return { kind: "exact", numerators: firstOfGroups(journey), denominator: 1 };
    case "shapley":
      return exact(firstOfGroups(journey));
  }
}

function exact(numerators: number[]): Shares {
  return { kind: "exact", numerators, denominator: numerators.reduce((sum, n) => sum + n, 0) };
}

function oneTakesAll(journey: readonly Touch[], winner: number): Shares {
  return exact(journey.map((_, i) => (i === winner ? 1 : 0)));
}

function lastNonDirect(journey: readonly Touch[]): number {
  const index = journey.findLastIndex(({ isDirect }) => !isDirect);
  return index === -1 ? journey.length - 1 : index;
}

/** n = 1: all; n = 2: the ends, renormalised; n ≥ 3: the middle is shared equally by those between. */
function positionShares(length: number, { first, middle, last }: PositionShares): Shares {
  if (length === 1) return exact([1]);
  if (length === 2) return exact([first, last]);
  const between = length - 2;
  return exact(
    Array.from({ length }, (_, i) => {
      if (i === 0) return first * between;
      return i === length - 1 ? last * between : middle;
    }),
  );
}

/**
 * `2^(−age / half-life)`, normalised. Ages are taken from the last touch, which changes nothing in the ratio, so that the
 * last one weighs 1 however short the half-life: the sum is never 0.
 */
function decayShares(journey: readonly Touch[], halfLifeDays: number): Shares {
  const lastMs = journey.at(-1)?.atMs ?? 0;
  const weights = journey.map(({ atMs }) => 2 ** ((atMs - lastMs) / (halfLifeDays * DAY_MS)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { kind: "double", shares: weights.map((weight) => weight / sum) };
}

/** 1 at the first touch of each group, 0 at its others. */
function firstOfGroups(journey: readonly Touch[]): number[] {
  const seen = new Set<string>();
  return journey.map(({ group }) => {
    if (seen.has(group)) return 0;
    seen.add(group);
    return 1;
  });
}
