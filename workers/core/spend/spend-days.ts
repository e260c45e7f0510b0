import { isDay } from "#core/time/site-day.ts";

/** Before it nothing was sold by a click: a day so early is a misprint. */
const FIRST_DAY = "2000-01-01";
/** Media is booked ahead, but not further. */
const YEARS_AHEAD = 2;

/** First and last day of spend that is taken; both count. */
export type SpendDays = { first: string; last: string };

/** The days of which spend may be entered or imported on this day: from 2000 until two years ahead. */
export function spendDays(today: string): SpendDays {
  const last = `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`;
  return { first: FIRST_DAY, last: isDay(last) ? last : `${last.slice(0, 8)}28` };
}

/** Whether spend of that day is taken. */
export function isSpendDay(day: string, { first, last }: SpendDays): boolean {
  return day >= first && day <= last;
}
