import { addDays, daysBetween } from "#core/time/site-day.ts";

/** The way of a user to what the product is for, in the order in which it is usually gone (product.md §11). */
export const PRODUCT_STEPS = ["site", "campaign", "event", "conversion", "report"] as const;
export type ProductStep = (typeof PRODUCT_STEPS)[number];

const HOUR_MS = 3_600_000;

/** Half of those who got to a first campaign did so within this: time to first value. */
export const TTFV_TARGET_MS = 2 * HOUR_MS;
export const COMPLETION_TARGET = 0.7;
export const ERROR_RATE_TARGET = 0.01;

/** Upper ends of the bars that times to first value are counted in; the last bar is open. */
export const TTFV_BARS_MS: readonly number[] = [
  0.25 * HOUR_MS,
  0.5 * HOUR_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  24 * HOUR_MS,
  72 * HOUR_MS,
  168 * HOUR_MS,
];

/** The ISO 8601 name of a week, by its Monday: 2026-12-28 begins 2026-W53, because its Thursday lies in 2026. */
export function isoWeek(monday: string): string {
  const year = Number(addDays(monday, 3).slice(0, 4));
  const thursdays = Math.floor(daysBetween(`${year}-01-01`, addDays(monday, 3)) / 7) + 1;
  return `${year}-W${String(thursdays).padStart(2, "0")}`;
}
