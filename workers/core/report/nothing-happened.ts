import type { ReportDay, ReportModel } from "./report-model.ts";

/** What there may have been, on a day or in a range. */
export type Happened = Omit<ReportDay, "day">;

/**
 * Whether there is nothing to tell: on no day was there a visitor, an impression, a click, a conversion, revenue (a refund
 * is negative revenue), money without a rate, or spend. Spend that is written down as 0 is none.
 */
export function nothingHappened(days: readonly Happened[]): boolean {
  return days.every(
    (day) =>
      day.visitors === 0 &&
      day.impressions === 0 &&
      day.clicks === 0 &&
      day.conversions === 0 &&
      day.revenueMinor === 0 &&
      day.isRevenueForeign !== true &&
      (day.spendMinor ?? 0) === 0,
  );
}

/** The same of a report. One that says nothing of single days says it of the range; spend without a rate only its KPIs tell. */
export function isReportOfNothing({ days, kpis }: Pick<ReportModel, "days" | "kpis">): boolean {
  if (kpis.some(({ reason }) => reason === "currency_mismatch")) return false;
  return days.length > 0 ? nothingHappened(days) : kpis.every(({ value }) => (value ?? 0) === 0);
}
