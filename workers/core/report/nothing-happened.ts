import type { ReportDay } from "./report-model.ts";

/**
 * Whether a report would tell of nothing: on no day was there a visitor, an impression, a click, a conversion, revenue
 * (a refund is negative revenue) or spend. Spend that is written down as 0 is none.
 */
export function nothingHappened(days: readonly ReportDay[]): boolean {
  return days.every(
    (day) =>
      day.visitors === 0 &&
      day.impressions === 0 &&
      day.clicks === 0 &&
      day.conversions === 0 &&
      day.revenueMinor === 0 &&
      (day.spendMinor ?? 0) === 0,
  );
}
