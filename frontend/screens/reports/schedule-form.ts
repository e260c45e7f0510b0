import type {
  CreateScheduleRequest,
  PreviewScheduleRequest,
  Schedule,
  UpdateScheduleRequest,
} from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import type { RollingPeriod } from "#core/report/rolling-period.ts";
import { DEFAULT_COVERS } from "#core/report/sending-range.ts";
import type { Errors } from "#frontend/parts/use-form.ts";
import { contentErrors, contentRequest, mailRequest } from "#frontend/reports/content-request.ts";
import { NO_SITE, contentOf, splitAddresses } from "#frontend/reports/content-values.ts";
import type { ContentValues } from "#frontend/reports/content-values.ts";

export type ScheduleValues = ContentValues & {
  name: string;
  cadence: string;
  weekday: string;
  monthDay: string;
  hour: string;
  timeZone: string;
  covers: string;
  skipEmpty: boolean;
};

type Cadence = Schedule["cadence"];

const MAX_RECIPIENTS = 50;
const MORNING = "8";

/** Every Monday morning, about the week before. */
export function newSchedule(content: ContentValues, timeZone: string): ScheduleValues {
  return {
    ...content,
    name: "",
    cadence: "weekly",
    weekday: "1",
    monthDay: "1",
    hour: MORNING,
    timeZone,
    covers: DEFAULT_COVERS.weekly,
    skipEmpty: false,
  };
}

export function scheduleValues(schedule: Schedule, settings: ReportSettings | undefined): ScheduleValues {
  return {
    ...contentOf(schedule, settings),
    name: schedule.name,
    cadence: schedule.cadence,
    weekday: String(schedule.weekday ?? 1),
    monthDay: String(schedule.monthDay ?? 1),
    hour: String(schedule.hour),
    timeZone: schedule.timeZone,
    covers: schedule.covers,
    skipEmpty: schedule.skipEmpty,
  };
}

/** The period that a cadence asks for, unless another one was chosen for the cadence before. */
export function coversFor(cadence: string, before: Pick<ScheduleValues, "cadence" | "covers">): string {
  const isDefault = DEFAULT_COVERS[before.cadence as Cadence] === before.covers;
  return isDefault ? DEFAULT_COVERS[cadence as Cadence] : before.covers;
}

/** Field → sentence. */
export function scheduleErrors(values: ScheduleValues): Errors {
  const errors = contentErrors(values, MAX_RECIPIENTS);
  if (values.name.trim() === "") errors.name = "Give it a name, so that it can be found again";
  if (splitAddresses(values.recipients).length === 0) errors.recipients = "Enter at least one address";
  return errors;
}

function timingOf({ cadence, weekday, monthDay, hour, timeZone, covers }: ScheduleValues) {
  const isByMonth = cadence === "monthly" || cadence === "quarterly";
  return {
    cadence: cadence as Cadence,
    weekday: cadence === "weekly" ? Number(weekday) : null,
    monthDay: isByMonth ? Number(monthDay) : null,
    hour: Number(hour),
    timeZone,
    covers: covers as RollingPeriod,
  };
}

export function previewRequest(values: ScheduleValues, scheduleId: string | null): PreviewScheduleRequest {
  return {
    ...timingOf(values),
    ...(values.site === NO_SITE ? {} : { siteId: values.site }),
    ...(scheduleId === null ? {} : { scheduleId }),
  };
}

export function createRequest(
  values: ScheduleValues,
  settings: ReportSettings | undefined,
): CreateScheduleRequest {
  return {
    name: values.name.trim(),
    ...timingOf(values),
    ...contentRequest(values, settings),
    ...mailRequest(values),
    skipEmpty: values.skipEmpty,
  };
}

/** What is left out of an order must be taken back here: the schedule may have said otherwise before. */
export function updateRequest(
  values: ScheduleValues,
  settings: ReportSettings | undefined,
): UpdateScheduleRequest {
  const left = { siteId: null, sections: null, language: null, locale: null, currency: null, branding: null };
  return { ...left, ...createRequest(values, settings) };
}
