import type { CreateScheduleRequest, UpdateScheduleRequest } from "#contract/report-schedules.ts";
import type { ScheduleContent, ScheduleRecord } from "#db/queries/schedules/schedule-record.ts";
import type { ScheduleDraft } from "./settle-schedule.ts";

/** A new schedule as it was asked for. */
export function draftOfRequest(request: CreateScheduleRequest): ScheduleDraft {
  return {
    name: request.name,
    kind: request.kind,
    cadence: request.cadence,
    weekday: request.weekday ?? null,
    monthDay: request.monthDay ?? null,
    hour: request.hour,
    timeZone: request.timeZone,
    siteId: request.siteId,
    campaignIds: request.campaignIds ?? [],
    covers: request.covers,
    content: contentOf({}, request),
    formats: request.formats ?? ["pdf"],
    subject: request.subject || null,
    note: request.note || null,
    skipEmpty: request.skipEmpty ?? false,
  };
}

/** A schedule with what is given in place of what it had. */
export function draftOfChange(before: ScheduleRecord, request: UpdateScheduleRequest): ScheduleDraft {
  return {
    name: request.name ?? before.name,
    kind: request.kind ?? before.kind,
    ...timesOfChange(before, request),
    ...scopeOfChange(before, request),
    content: contentOf(before.content, request),
    formats: request.formats ?? before.formats,
    subject: lineOf(request.subject, before.subject),
    note: lineOf(request.note, before.note),
    skipEmpty: request.skipEmpty ?? before.skipEmpty,
  };
}

/** Another cadence reports on its own period, unless it was said. */
function timesOfChange(
  before: ScheduleRecord,
  request: UpdateScheduleRequest,
): Pick<ScheduleDraft, "cadence" | "weekday" | "monthDay" | "hour" | "timeZone" | "covers"> {
  const cadence = request.cadence ?? before.cadence;
  return {
    cadence,
    weekday: request.weekday === undefined ? before.weekday : request.weekday,
    monthDay: request.monthDay === undefined ? before.monthDay : request.monthDay,
    hour: request.hour ?? before.hour,
    timeZone: request.timeZone ?? before.timeZone,
    covers: request.covers ?? (cadence === before.cadence ? before.covers : undefined),
  };
}

/** Another site has other campaigns: those of the one before are left behind. */
function scopeOfChange(
  before: ScheduleRecord,
  request: UpdateScheduleRequest,
): Pick<ScheduleDraft, "siteId" | "campaignIds"> {
  const siteBefore = before.sitePublicId ?? undefined;
  const siteId = request.siteId === undefined ? siteBefore : (request.siteId ?? undefined);
  const campaignsBefore = siteId === siteBefore ? before.campaigns.map(({ publicId }) => publicId) : [];
  return { siteId, campaignIds: request.campaignIds ?? campaignsBefore };
}

function lineOf(given: string | null | undefined, before: string | null): string | null {
  return given === undefined ? before : given || null;
}

const CONTENT = [
  "title",
  "preparedFor",
  "model",
  "lookback",
  "direct",
  "compare",
  "sections",
  "language",
  "locale",
  "currency",
  "branding",
] as const satisfies readonly (keyof ScheduleContent)[];

/** What is given stands over what was; null, and a line that was emptied, is left to the account's settings. */
function contentOf(
  before: ScheduleContent,
  request: CreateScheduleRequest | UpdateScheduleRequest,
): ScheduleContent {
  const given = CONTENT.map((name) => [name, request[name] === undefined ? before[name] : request[name]]);
  return Object.fromEntries(
    given.filter(([, value]) => value !== undefined && value !== null && value !== ""),
  ) as ScheduleContent;
}
