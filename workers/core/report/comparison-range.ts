import { addDays, daysBetween, isDay, previousRange } from "#core/time/site-day.ts";

/** What a report is compared with: the days before, the same weekdays before, the same days a year before, or nothing. */
export const COMPARISONS = ["previous", "same_weekdays", "last_year", "none"] as const;
export type Comparison = (typeof COMPARISONS)[number];

type Days = { from: string; to: string };

/**
 * The days that a closed range is compared with; null: nothing. `same_weekdays` goes back whole weeks, as few as keep the
 * two apart; `last_year` takes the days of the same name, 28 February for the 29th.
 */
export function comparisonRange(comparison: Comparison, { from, to }: Days): Days | null {
  switch (comparison) {
    case "none":
      return null;
    case "previous":
      return previousRange(from, to);
    case "same_weekdays": {
      const days = daysBetween(from, to) + 1;
      const back = Math.ceil(days / 7) * 7;
      return { from: addDays(from, -back), to: addDays(to, -back) };
    }
    case "last_year":
      return { from: yearBefore(from), to: yearBefore(to) };
  }
}

function yearBefore(day: string): string {
  const named = `${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}${day.slice(4)}`;
  return isDay(named) ? named : `${named.slice(0, 8)}28`;
}
