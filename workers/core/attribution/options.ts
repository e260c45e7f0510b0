import { fail, ok, type Result } from "#core/result.ts";
import { isDataDriven, type Model } from "./models.ts";

export const DIRECT_RULES = ["keep", "exclude_unless_only"] as const;
/** `exclude_unless_only`: direct touches earn nothing unless the journey has no others. */
export type DirectRule = (typeof DIRECT_RULES)[number];

/** Whole percents for the first touch, all those between, and the last; together 100. */
export type PositionShares = { first: number; middle: number; last: number };

export const MARKOV_ORDERS = [1, 2, 3] as const;
export type MarkovOrder = (typeof MARKOV_ORDERS)[number];

/** `order`: how many touches a state remembers. `nullJourneys`: whether journeys without a conversion count. */
export type MarkovOptions = { order: MarkovOrder; nullJourneys: boolean };

/** All that decides who earns what, beside the model itself. */
export type AttributionOptions = {
  /** A touch counts up to this many times 86,400,000 ms before the conversion, both ends included. */
  lookbackDays: number;
  direct: DirectRule;
  /** Whether only touches after the visitor's previous conversion count; null is the model's default (`resets`). */
  reset: boolean | null;
  position: PositionShares;
  halfLifeDays: number;
  markov: MarkovOptions;
};

export const MIN_LOOKBACK_DAYS = 1;
export const MAX_LOOKBACK_DAYS = 90;
/** From a quarter of an hour, which nearly is last touch, to a century, which nearly is linear. */
export const MIN_HALF_LIFE_DAYS = 0.01;
export const MAX_HALF_LIFE_DAYS = 36_500;

export const DEFAULT_OPTIONS: AttributionOptions = {
  lookbackDays: 30,
  direct: "keep",
  reset: null,
  position: { first: 40, middle: 20, last: 40 },
  halfLifeDays: 7,
  markov: { order: 1, nullJourneys: true },
};

/** Why options were refused; the field as it is named in `AttributionOptions`. */
export type OptionsError =
  | { kind: "invalid_lookback"; min: number; max: number }
  | { kind: "invalid_half_life"; min: number; max: number }
  | { kind: "invalid_position"; reason: "not_whole_percents" | "sum_is_not_100" | "no_ends" }
  | { kind: "invalid_order" };

/** The options as they are, or the first thing that is wrong with them. */
export function checkOptions(options: AttributionOptions): Result<AttributionOptions, OptionsError> {
  const { lookbackDays, halfLifeDays, markov } = options;
  if (!isWholeWithin(lookbackDays, MIN_LOOKBACK_DAYS, MAX_LOOKBACK_DAYS))
    return fail({ kind: "invalid_lookback", min: MIN_LOOKBACK_DAYS, max: MAX_LOOKBACK_DAYS });
  if (!(halfLifeDays >= MIN_HALF_LIFE_DAYS && halfLifeDays <= MAX_HALF_LIFE_DAYS))
    return fail({ kind: "invalid_half_life", min: MIN_HALF_LIFE_DAYS, max: MAX_HALF_LIFE_DAYS });
  const position = checkPosition(options.position);
  if (!position.ok) return position;
  if (!MARKOV_ORDERS.includes(markov.order)) return fail({ kind: "invalid_order" });
  return ok(options);
}

/** A journey of two touches is shared by the ends alone: with no share for either it would have no answer. */
function checkPosition({ first, middle, last }: PositionShares): Result<null, OptionsError> {
  const refuse = (reason: "not_whole_percents" | "sum_is_not_100" | "no_ends") =>
    fail({ kind: "invalid_position" as const, reason });
  if (![first, middle, last].every((share) => isWholeWithin(share, 0, 100)))
    return refuse("not_whole_percents");
  if (first + middle + last !== 100) return refuse("sum_is_not_100");
  return first + last === 0 ? refuse("no_ends") : ok(null);
}

function isWholeWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** Whether a journey starts anew after the visitor's previous conversion: by default only for data-driven models. */
export function resets(model: Model, { reset }: Pick<AttributionOptions, "reset">): boolean {
  return reset ?? isDataDriven(model);
}
