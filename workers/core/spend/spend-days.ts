import { isDay } from "#core/time/site-day.ts";

/** Before it nothing was sold by a click: a day so early is a misprint. */
const FIRST_DAY = "2000-01-01";
/** Media is booked ahead, but not further. */
const YEARS_AHEAD = 2;

/** A sponsorship runs for years. A last day further off is a misprint, which would thin a fixed sum to nothing a day. */
const DEAL_YEARS_AHEAD = 10;

/** First and last day that is taken; both count. */
export type DayBounds = { first: string; last: string };

/** The days of which spend may be entered or imported on this day: from 2000 until two years ahead. */
export function spendDays(today: string): DayBounds {
  return { first: FIRST_DAY, last: yearsLater(today, YEARS_AHEAD) };
}

/** The days between which a deal agreed on this day may run: from 2000 until ten years ahead. */
export function dealDays(today: string): DayBounds {
  return { first: FIRST_DAY, last: yearsLater(today, DEAL_YEARS_AHEAD) };
}

function yearsLater(day: string, years: number): string {
  const later = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  return isDay(later) ? later : `${later.slice(0, 8)}28`;
}

/** Whether that day is taken. */
export function isDayWithin(day: string, { first, last }: DayBounds): boolean {
  return day >= first && day <= last;
}
