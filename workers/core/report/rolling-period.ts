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
