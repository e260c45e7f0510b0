import type { Report } from "#contract/reports.ts";
import { fail, type Result } from "#core/result.ts";
import { localDay } from "#core/time/local-time.ts";
import { listReportSites } from "#db/queries/reports/report-sites.ts";
import { discardReport } from "#db/queries/reports/write-report.ts";
import { findRun, insertRun } from "#db/queries/schedules/begin-runs.ts";
import { listRunAccounts } from "#db/queries/schedules/run-accounts.ts";
import type { ScheduleRecord } from "#db/queries/schedules/schedule-record.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { getReport, type ReportNotFound } from "#usecases/reports/get-report.ts";
import { activeRecipients, composeRun } from "./compose-run.ts";
import { findSchedule, type ScheduleNotFound } from "./get-schedule.ts";

export type OrderRunDeps = Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">;
export type OrderRunInput = { principal: Principal; scheduleId: string };
export type OrderRunRefusal = ScheduleNotFound | ReportNotFound | { kind: "user_required" };

/**
 * Makes a schedule's report now and mails it to all recipients, beside those that are due: today's is still made. Asked
 * again within the same minute it answers the one it made.
 */
export async function runScheduleNow(
  deps: OrderRunDeps,
  { principal, scheduleId }: OrderRunInput,
): Promise<Result<Report, OrderRunRefusal>> {
  const schedule = await findSchedule(deps, principal, scheduleId);
  if (schedule === null) return fail({ kind: "schedule_not_found" });
  return await orderRun(deps, principal, {
    schedule,
    period: `now-${minuteOf(deps)}`,
    recipients: activeRecipients(schedule),
    isTest: false,
  });
}

/** Makes a schedule's report now, marked as a test, and mails it to nobody but the person who asks. */
export async function testSchedule(
  deps: OrderRunDeps,
  { principal, scheduleId }: OrderRunInput,
): Promise<Result<Report, OrderRunRefusal>> {
  if (principal.kind !== "user") return fail({ kind: "user_required" });
  const schedule = await findSchedule(deps, principal, scheduleId);
  if (schedule === null) return fail({ kind: "schedule_not_found" });
  return await orderRun(deps, principal, {
    schedule,
    period: `test-${minuteOf(deps)}-${principal.userPublicId}`,
    recipients: [principal.email],
    isTest: true,
  });
}

/** `2026-03-09T07:30Z` */
function minuteOf({ clock }: Pick<Deps, "clock">): string {
  return `${clock.now().toISOString().slice(0, 16)}Z`;
}

type WantedRun = { schedule: ScheduleRecord; period: string; recipients: string[]; isTest: boolean };

async function orderRun(
  deps: OrderRunDeps,
  principal: Principal,
  { schedule, period, recipients, isTest }: WantedRun,
): Promise<Result<Report, OrderRunRefusal>> {
  const { accountId, database } = principal;
  const db = deps.databases.named(database);
  const now = deps.clock.now();
  const [[account = null], sites] = await Promise.all([
    listRunAccounts(controlDatabase(deps), [accountId]),
    listReportSites(db, { accountId, siteId: null }),
  ]);
  const run = composeRun(
    deps.ids,
    { schedule, database, account, sites, now },
    {
      sending: { day: localDay(now.getTime(), schedule.timeZone), atMs: now.getTime() },
      period,
      recipients,
      createdBy: principal.kind === "user" ? principal.userId : null,
      isTest,
    },
  );
  const reportId = run.report.publicId;
  if (await insertRun(db, run)) {
    if (run.report.failure === null) await enqueue(deps, { accountId, database, reportId });
    await noteChange(deps, principal, {
      action: isTest ? "report_schedule.test" : "report_schedule.run",
      subject: schedule.publicId,
      detail: { report: reportId },
    });
    return await getReport(deps, { principal, reportId });
  }
  const made = await findRun(db, { scheduleId: schedule.id, period });
  return made === null
    ? fail({ kind: "schedule_not_found" })
    : await getReport(deps, { principal, reportId: made });
}

/** A report that no message asks for is taken back: it may be asked for again. */
async function enqueue(
  deps: OrderRunDeps,
  { accountId, database, reportId }: { accountId: number; database: string; reportId: string },
): Promise<void> {
  try {
    await deps.workQueue.send({ v: 1, kind: "build-report", database, reportId });
  } catch (error) {
    await discardReport(deps.databases.named(database), { accountId, publicId: reportId });
    throw error;
  }
}
