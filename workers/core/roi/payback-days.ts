import { daysBetween } from "#core/time/site-day.ts";
import type { Ratio } from "./ratios.ts";

export type PaybackDay = {
  day: string;
  /** Gross profit where a margin is known, else revenue; minor units. */
  earnedMinor: number;
  /** Null: no spend row. */
  spendMinor: number | null;
};

/**
 * Days from the first day of spend until what came in since then covers what was spent since then, and stays so to the
 * end of the range: 0 is the same day. Days oldest first. Null when nothing was spent, or when it is not covered yet.
 */
export function paybackDays(days: readonly PaybackDay[]): Ratio {
  const first = days.findIndex(({ spendMinor }) => (spendMinor ?? 0) > 0);
  const start = days[first];
  if (start === undefined) return { value: null, reason: "no_spend" };
  let balanceMinor = 0;
  let paidBackOn: string | null = null;
  for (const { day, earnedMinor, spendMinor } of days.slice(first)) {
    balanceMinor += earnedMinor - (spendMinor ?? 0);
    if (balanceMinor < 0) paidBackOn = null;
    else paidBackOn ??= day;
  }
  return paidBackOn === null
    ? { value: null, reason: "not_paid_back" }
    : { value: daysBetween(start.day, paidBackOn), reason: null };
}
