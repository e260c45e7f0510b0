import { monthStart, quarterStart, weekStart, yearStart } from "#core/time/calendar.ts";
import { addDays } from "#core/time/site-day.ts";

/** The days a report covers, counted back from the day on which it is sent. */
export const ROLLING_PERIODS = [
  "yesterday",
  "last_7_days",
  "last_14_days",
  "last_28_days",
  "last_30_days",
  "last_90_days",
  "last_week",
  "last_month",
  "last_quarter",
  "last_year",
  "week_to_yesterday",
  "month_to_yesterday",
  "quarter_to_yesterday",
  "year_to_yesterday",
] as const;
export type RollingPeriod = (typeof ROLLING_PERIODS)[number];

type Range = { from: string; to: string };
type StartOf = (day: string) => string;

/**
 * The closed range that a rolling period means on a day. It ends yesterday at the latest: a day that still runs is in no
 * report. Weeks begin on Monday. What is "to yesterday" is the week, month, quarter or year that yesterday lies in, so
 * that the first day of a month tells of the whole month before and not of nothing.
 */
export function rollingRange(period: RollingPeriod, today: string): Range {
  return RANGES[period](today);
}

const lastDays = (count: number) => (today: string) => ({
  from: addDays(today, -count),
  to: addDays(today, -1),
});

const lastWhole = (startOf: StartOf) => (today: string) => {
  const to = addDays(startOf(today), -1);
  return { from: startOf(to), to };
};

const toYesterday = (startOf: StartOf) => (today: string) => {
  const to = addDays(today, -1);
  return { from: startOf(to), to };
};

const RANGES: Readonly<Record<RollingPeriod, (today: string) => Range>> = {
  yesterday: lastDays(1),
  last_7_days: lastDays(7),
  last_14_days: lastDays(14),
  last_28_days: lastDays(28),
  last_30_days: lastDays(30),
  last_90_days: lastDays(90),
  last_week: lastWhole(weekStart),
  last_month: lastWhole(monthStart),
  last_quarter: lastWhole(quarterStart),
  last_year: lastWhole(yearStart),
  week_to_yesterday: toYesterday(weekStart),
  month_to_yesterday: toYesterday(monthStart),
  quarter_to_yesterday: toYesterday(quarterStart),
  year_to_yesterday: toYesterday(yearStart),
};
