import type { CreateReportRequest } from "#contract/reports.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import type { RollingPeriod } from "#core/report/rolling-period.ts";
import { isDay } from "#frontend/format/day.ts";
import type { Errors } from "#frontend/parts/use-form.ts";
import { contentErrors, contentRequest, mailRequest } from "#frontend/reports/content-request.ts";
import type { ContentValues } from "#frontend/reports/content-values.ts";

export type ReportValues = ContentValues & {
  /** "range": from and to; "period": a rolling one. */
  days: string;
  from: string;
  to: string;
  period: string;
};

const MAX_RECIPIENTS = 20;

/** Field → sentence. */
export function reportErrors(values: ReportValues): Errors {
  return { ...dayErrors(values), ...contentErrors(values, MAX_RECIPIENTS) };
}

function dayErrors({ days, from, to }: ReportValues): Errors {
  if (days !== "range") return {};
  const errors: Errors = {};
  if (!isDay(from)) errors.from = "Enter the first day";
  if (!isDay(to)) errors.to = "Enter the last day";
  if (!errors.from && !errors.to && from > to) errors.to = "The last day must not come before the first";
  return errors;
}

/** What is asked of the API. */
export function reportRequest(
  values: ReportValues,
  settings: ReportSettings | undefined,
): CreateReportRequest {
  const { days, from, to, period } = values;
  return {
    ...contentRequest(values, settings),
    ...mailRequest(values),
    ...(days === "range" ? { from, to } : { period: period as RollingPeriod }),
  };
}
