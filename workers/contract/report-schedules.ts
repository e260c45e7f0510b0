import * as z from "zod/mini";

import { ROLLING_PERIODS } from "#core/report/rolling-period.ts";
import { email, instant, limit, line, optionalLine } from "./primitives.ts";
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

/** `PATCH /report-schedules/:id`: what is given is set; `paused` stops and resumes it. */
export const updateScheduleRequest = z.extend(z.partial(createScheduleRequest), {
  paused: z.optional(z.boolean()),
});
export type UpdateScheduleRequest = z.infer<typeof updateScheduleRequest>;

/** `POST /report-schedules/preview`: the next sending times of a schedule that is not saved yet. */
export const previewScheduleRequest = z.object({ ...timing, covers: z.optional(rollingPeriod) });
export const schedulePreview = z.object({
  next: z.array(z.object({ at: instant, from: z.string(), to: z.string() })),
});

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
