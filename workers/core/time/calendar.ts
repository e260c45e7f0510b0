import { addDays, daysBetween } from "./site-day.ts";

/** Weeks, months and quarters of the calendar, by days alone: zones do not matter. */

const A_MONDAY = "2001-01-01";
const DAYS_OF_WEEK = 7;
const MONTHS_OF_YEAR = 12;

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  const since = daysBetween(A_MONDAY, day) % DAYS_OF_WEEK;
  return (since < 0 ? since + DAYS_OF_WEEK : since) + 1;
}

/** The Monday of a day's week. */
export function weekStart(day: string): string {
  return addDays(day, 1 - weekdayOf(day));
}

/** The first day of a day's month. */
export function monthStart(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** The first day of a day's quarter: of January, April, July or October. */
export function quarterStart(day: string): string {
  const month = Number(day.slice(5, 7));
  return addMonths(monthStart(day), -((month - 1) % 3));
}

/** The first day of a day's year. */
export function yearStart(day: string): string {
  return `${day.slice(0, 5)}01-01`;
}

/** The first day of the month that is some months after (or before) a day's. */
export function addMonths(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * MONTHS_OF_YEAR + Number(day.slice(5, 7)) - 1 + count;
  const year = String(Math.floor(months / MONTHS_OF_YEAR)).padStart(4, "0");
  const month = String((months % MONTHS_OF_YEAR) + 1).padStart(2, "0");
  return `${year}-${month}-01`;
}

/** A day of a day's month by its number; the month's last one where it is shorter. */
export function dayOfMonth(day: string, number: number): string {
  const last = addDays(addMonths(day, 1), -1);
  const wanted = addDays(monthStart(day), number - 1);
  return wanted < last ? wanted : last;
}
