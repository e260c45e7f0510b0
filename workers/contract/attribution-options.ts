import * as z from "zod/mini";

import { CUSTOMER_KINDS, GROUPINGS } from "#core/attribution/grouping.ts";
import {
  DIRECT_RULES,
  MAX_HALF_LIFE_DAYS,
  MAX_LOOKBACK_DAYS,
  MIN_HALF_LIFE_DAYS,
  MIN_LOOKBACK_DAYS,
  type MarkovOrder,
} from "#core/attribution/options.ts";
import { day, line, wholeNumber } from "./primitives.ts";

export const grouping = z.enum(GROUPINGS);
export const directRule = z.enum(DIRECT_RULES);
export const customerKind = z.enum(CUSTOMER_KINDS);

const NO_POSITION =
  "must be three whole percents that add up to 100, not all of them in the middle, such as 40-20-40";
/** `40-20-40`: percent for the first touch, all between, the last. */
const position = z.pipe(
  z
    .string()
    .check(
      z.regex(/^\d{1,3}-\d{1,3}-\d{1,3}$/, { abort: true, error: NO_POSITION }),
      z.refine(isWhole, NO_POSITION),
    ),
  z.transform(readPosition),
);

/** The switches of a query string; what is left out stands at the model's or the site's default. */
const attributionOptions = {
  /** Whole days, 1 to 90; 30 unless said. */
  lookback: z.optional(wholeNumber(MIN_LOOKBACK_DAYS, MAX_LOOKBACK_DAYS)),
  direct: z.optional(directRule),
  /** `auto`: off for rule models, on for Markov and Shapley. */
  reset: z.optional(z.enum(["auto", "on", "off"])),
  position: z.optional(position),
  /** Days, of time decay; 7 unless said. */
  half_life: z.optional(
    z
      .pipe(
        z.string().check(z.regex(/^-?\d{1,15}(\.\d{1,4})?$/, "must be a number, with four decimals at most")),
        z.transform((text: string) => Number(text)),
      )
      .check(z.minimum(MIN_HALF_LIFE_DAYS), z.maximum(MAX_HALF_LIFE_DAYS)),
  ),
  /** How many touches a state of the Markov chain remembers. */
  order: z.optional(
    z.pipe(
      z.enum(["1", "2", "3"]),
      z.transform((text: "1" | "2" | "3") => Number(text) as MarkovOrder),
    ),
  ),
  /** Whether journeys without a conversion count in the Markov chain; `in` unless said. */
  nulls: z.optional(z.enum(["in", "out"])),
  /** Conversions of this type only. */
  type: z.optional(line(64)),
  /** Of persons who had never converted before, or who had. */
  customer: z.optional(customerKind),
};

/** What every question about journeys takes: the workbench, its journeys, and runs. */
export const attributionOptionsQuery = z.object({
  from: day,
  to: day,
  by: z.optional(grouping),
  ...attributionOptions,
});
export type AttributionOptionsQuery = z.infer<typeof attributionOptionsQuery>;

function readPosition(text: string): { first: number; middle: number; last: number } {
  const [first = 0, middle = 0, last = 0] = text.split("-").map(Number);
  return { first, middle, last };
}

function isWhole(text: string): boolean {
  const { first, middle, last } = readPosition(text);
  return first + middle + last === 100 && middle < 100;
}
