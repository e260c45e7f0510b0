import * as z from "zod/mini";

import { ROLLING_PERIODS } from "#core/report/rolling-period.ts";
import { day, email, instant, limit, line, optionalLine } from "./primitives.ts";
import { recipientState } from "./report-addresses.ts";
import { brandingRequest, reportContent, reportFormat, reportKind } from "./report-options.ts";

/** The days a report of a schedule covers, counted back from the day it is sent. */
export const rollingPeriod = z.enum(ROLLING_PERIODS);

/** When it is sent: `weekday` for weekly (1 is Monday), `monthDay` for monthly and quarterly (31: the last). */
const timing = {
  cadence: z.enum(["daily", "weekly", "monthly", "quarterly"]),
  weekday: z.optional(z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(7)))),
  monthDay: z.optional(z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(31)))),
  hour: z.number().check(z.int(), z.minimum(0), z.maximum(23)),
  /** IANA; the site's unless said. */
  timeZone: z.optional(z.string().check(z.maxLength(64))),
} as const;

/** `POST /report-schedules` → 201. */
export const createScheduleRequest = z.object({
  name: line(160),
  ...timing,
  ...reportContent,
  /** The whole period before the day of sending unless said: yesterday, last week, last month, last quarter. */
  covers: z.optional(rollingPeriod),
  recipients: z.array(email).check(z.minLength(1), z.maxLength(50)),
  formats: z.optional(z.array(reportFormat).check(z.minLength(1))),
  subject: optionalLine(200),
  note: optionalLine(1_000),
  skipEmpty: z.optional(z.boolean()),
});
export type CreateScheduleRequest = z.infer<typeof createScheduleRequest>;

const { siteId, sections, language, locale, currency, branding } = reportContent;

/**
 * `PATCH /report-schedules/:id`: what is given is set; null leaves it to the kind and the account's settings again, a null
 * `siteId` means all sites of the account. `recipients` is the whole list: whoever unsubscribed stays so. `paused` stops
 * and resumes it; what falls into a pause is not made up for.
 */
export const updateScheduleRequest = z.extend(z.partial(createScheduleRequest), {
  siteId: z.optional(z.nullable(siteId)),
  sections: z.optional(z.nullable(sections)),
  language: z.optional(z.nullable(language)),
  locale: z.optional(z.nullable(locale)),
  currency: z.optional(z.nullable(currency)),
  branding: z.optional(z.nullable(branding)),
  paused: z.optional(z.boolean()),
});
export type UpdateScheduleRequest = z.infer<typeof updateScheduleRequest>;

/**
 * `POST /report-schedules/preview`: the next sending times of a schedule that is not saved yet, or of `scheduleId` with
 * other times. `siteId`: the days are its.
 */
export const previewScheduleRequest = z.object({
  ...timing,
  covers: z.optional(rollingPeriod),
  siteId: z.optional(z.string()),
  scheduleId: z.optional(z.string().check(z.maxLength(40))),
});
export type PreviewScheduleRequest = z.infer<typeof previewScheduleRequest>;
export const schedulePreview = z.object({
  /** Each with the closed range of days that its report is about. */
  next: z.array(z.object({ at: instant, from: day, to: day })),
  /**
   * By how much later it may be sent: schedules are spread over the hour, each always at the same minute. 0 for one that
   * is saved, whose minute is known.
   */
  spreadMinutes: z.number(),
});
export type SchedulePreview = z.infer<typeof schedulePreview>;

/**
 * `GET /report-schedules/:id`, `DELETE /report-schedules/:id` → 204: its reports stay.
 * `POST /report-schedules/:id/run` → 202, the report: made now and mailed to all recipients, beside those that are due;
 * asked twice within a minute it is made once. `POST /report-schedules/:id/test` → 202: the same, marked as a test and
 * mailed to nobody but the signed-in person who asks.
 */
export const schedule = z.object({
  id: z.string(),
  name: z.string(),
  siteId: z.nullable(z.string()),
  campaigns: z.array(z.object({ id: z.string(), name: z.string() })),
  kind: reportKind,
  cadence: timing.cadence,
  weekday: z.nullable(z.number()),
  monthDay: z.nullable(z.number()),
  hour: z.number(),
  timeZone: z.string(),
  covers: rollingPeriod,
  /** As it was asked for: what stands at the default is left out. */
  content: z.object({ ...reportContent, branding: z.optional(brandingRequest) }),
  recipients: z.array(z.object({ address: z.string(), state: recipientState })),
  formats: z.array(reportFormat),
  subject: z.nullable(z.string()),
  note: z.nullable(z.string()),
  skipEmpty: z.boolean(),
  pausedAt: z.nullable(instant),
  /** The next three sending times; empty while paused. */
  next: z.array(instant),
  lastRun: z.nullable(
    z.object({ reportId: z.string(), period: z.string(), status: z.string(), createdAt: instant }),
  ),
  /** Why its last run could not be begun. */
  failure: z.nullable(z.string()),
  createdAt: instant,
});
export type Schedule = z.infer<typeof schedule>;

/** `GET /report-schedules` */
export const schedulesQuery = z.object({
  site: z.optional(z.string()),
  after: z.optional(z.string()),
  limit,
});
