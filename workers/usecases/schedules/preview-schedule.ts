import type { PreviewScheduleRequest, SchedulePreview } from "#contract/report-schedules.ts";
import { DEFAULT_COVERS, sendingRange } from "#core/report/sending-range.ts";
import { minutesAfterHour, nextSendings, type Timing } from "#core/report/schedule-times.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { isTimeZone } from "#core/time/site-day.ts";
import { listReportSites, type ReportSite } from "#db/queries/reports/report-sites.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { TIMES_SHOWN } from "./next-time.ts";

/** A schedule that is not saved has no place in the hour yet. */
const LAST_MINUTE = 59;

export type PreviewRefusal = { kind: "site_not_found" } | { kind: "invalid_time_zone"; timeZone: string };

/** The next times of a schedule as it is typed, and the days that each report is about. */
export async function previewSchedule(
  deps: Pick<Deps, "databases" | "clock">,
  { principal, request }: { principal: Principal; request: PreviewScheduleRequest },
): Promise<Result<SchedulePreview, PreviewRefusal>> {
  const sites = await sitesOf(deps, principal, request.siteId);
  if (sites === null) return fail({ kind: "site_not_found" });
  const { cadence, scheduleId, covers = DEFAULT_COVERS[cadence] } = request;
  const { timeZone = sites[0]?.timeZone ?? "UTC" } = request;
  if (!isTimeZone(timeZone)) return fail({ kind: "invalid_time_zone", timeZone });

  const minutes = scheduleId === undefined ? 0 : minutesAfterHour(scheduleId);
  const after = { atMs: deps.clock.now().getTime(), count: TIMES_SHOWN };
  const zones = sites.map((site) => site.timeZone);
  return ok({
    next: nextSendings(timingOf(request, timeZone), minutes, after).map((sending) => ({
      at: new Date(sending.atMs).toISOString(),
      ...sendingRange(sending, covers, zones),
    })),
    spreadMinutes: scheduleId === undefined ? LAST_MINUTE : 0,
  });
}

function timingOf(
  { cadence, weekday = null, monthDay = null, hour }: PreviewScheduleRequest,
  timeZone: string,
): Timing {
  return { cadence, weekday, monthDay, hour, timeZone };
}

/** The site that is named, or all of the account; null where the account has no such site. */
async function sitesOf(
  deps: Pick<Deps, "databases">,
  { accountId, database }: Principal,
  siteId: string | undefined,
): Promise<ReportSite[] | null> {
  const all = await listReportSites(deps.databases.named(database), { accountId, siteId: null });
  if (siteId === undefined) return all;
  const site = all.find(({ publicId }) => publicId === siteId);
  return site ? [site] : null;
}
