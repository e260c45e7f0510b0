import { lastSending, minutesAfterHour, nextSending } from "#core/report/schedule-times.ts";
import { isTimeZone } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { pgCode } from "#db/pg-error.ts";
import { listSitesOfAccounts, type ReportSite } from "#db/queries/reports/report-sites.ts";
import { beginRuns, type DueRun } from "#db/queries/schedules/begin-runs.ts";
import { listDueSchedules } from "#db/queries/schedules/list-schedules.ts";
import { listRunAccounts, type RunAccount } from "#db/queries/schedules/run-accounts.ts";
import type { ScheduleRecord } from "#db/queries/schedules/schedule-record.ts";
import { haltSchedule } from "#db/queries/schedules/write-schedule.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { activeRecipients, composeRun } from "./compose-run.ts";

/** Each batch is a handful of requests, whatever is in it; the rest is the next minute's. */
const SCHEDULES_A_BATCH = 100;
const BATCHES_A_RUN = 5;

/** A statement that Postgres refuses because of what is in it, and always will. */
const DATA_ERROR = /^2[23]/;

export type RunSchedulesDeps = Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">;

/**
 * Begins the reports of all schedules whose time has come, and asks a queue to build them. What was missed while nothing
 * ran is made up for by one report of each schedule, that of the latest time. Two of this at once begin a report once; a
 * report that was begun and not asked for is found by `resumeWaiting`.
 */
export async function runSchedules(deps: RunSchedulesDeps): Promise<{ begun: number }> {
  let begun = 0;
  await eachApart(deps.databases.names(), async (database) => {
    for (let batch = 0; batch < BATCHES_A_RUN; batch += 1) {
      const now = deps.clock.now();
      // oxlint-disable-next-line no-await-in-loop -- a batch takes what the one before has left
      const due = await listDueSchedules(deps.databases.named(database), { now, limit: SCHEDULES_A_BATCH });
      if (due.length === 0) break;
      // oxlint-disable-next-line no-await-in-loop
      begun += await runBatch(deps, { database, due, now });
      if (due.length < SCHEDULES_A_BATCH) break;
    }
  });
  return { begun };
}

type Batch = { database: string; due: readonly ScheduleRecord[]; now: Date };

async function runBatch(deps: RunSchedulesDeps, { database, due, now }: Batch): Promise<number> {
  const db = deps.databases.named(database);
  const accountIds = [...new Set(due.map(({ accountId }) => accountId))];
  const [accounts, sites] = await Promise.all([
    listRunAccounts(controlDatabase(deps), accountIds),
    listSitesOfAccounts(db, accountIds),
  ]);
  const runs: DueRun[] = [];
  for (const schedule of due) {
    const run = composeApart(deps, schedule, { database, accounts, sites, now });
    // oxlint-disable-next-line no-await-in-loop -- there are hardly ever any
    if ("halt" in run) await haltSchedule(db, { id: schedule.id, nextAt: null, failure: run.halt });
    else runs.push(run);
  }
  const reportIds = await beginOrBisect(deps, db, runs);
  deps.log("info", "schedules_run", { database, due: due.length, begun: reportIds.length });
  await deps.workQueue.sendAll(
    reportIds.map((reportId) => ({ v: 1, kind: "build-report", database, reportId })),
  );
  return reportIds.length;
}

type BatchFacts = {
  database: string;
  accounts: readonly RunAccount[];
  sites: readonly ReportSite[];
  now: Date;
};

/**
 * The run of a schedule that is due, and when the next is. A row that holds what none of ours ever wrote is stopped, with
 * the reason, and harms no other.
 */
function composeApart(
  deps: RunSchedulesDeps,
  schedule: ScheduleRecord,
  facts: BatchFacts,
): DueRun | { halt: string } {
  const { publicId, timeZone, accountId } = schedule;
  const home = facts.accounts.find(({ id }) => id === accountId)?.database;
  if (home !== undefined && home !== facts.database) {
    // Its schedules moved along: those left behind would send everything twice.
    deps.log("error", "schedule_halted", { schedule: publicId, reason: "account_moved" });
    return { halt: "The account has moved to another database" };
  }
  if (!isTimeZone(timeZone)) {
    deps.log("error", "schedule_halted", { schedule: publicId, reason: "invalid_time_zone" });
    return { halt: `The time zone ${timeZone} is not known` };
  }
  try {
    return composeDue(deps, schedule, facts);
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown";
    deps.log("error", "schedule_halted", { schedule: publicId, reason });
    return { halt: "No report can be made of it as it is; please set it up anew" };
  }
}

function composeDue(deps: RunSchedulesDeps, schedule: ScheduleRecord, facts: BatchFacts): DueRun {
  const { accountId, publicId, updatedAt } = schedule;
  const nowMs = facts.now.getTime();
  const minutes = minutesAfterHour(publicId);
  const sending = lastSending(schedule, minutes, nowMs);
  const dueAt = schedule.nextAt ?? facts.now;
  const missed = lastSending(schedule, minutes, dueAt.getTime());
  if (missed.day < sending.day) {
    deps.log("warn", "schedule_caught_up", {
      schedule: publicId,
      missedSince: missed.day,
      sent: sending.day,
    });
  }
  const account = facts.accounts.find(({ id }) => id === accountId) ?? null;
  const sites = facts.sites.filter((site) => site.accountId === accountId);
  const run = composeRun(
    deps.ids,
    { ...facts, schedule, account, sites },
    {
      sending,
      period: sending.day,
      recipients: activeRecipients(schedule),
      createdBy: schedule.createdBy,
      isTest: false,
    },
  );
  return {
    ...run,
    dueAt,
    updatedAt,
    nextAt: new Date(nextSending(schedule, minutes, nowMs).atMs),
  };
}

/** All at once; where Postgres refuses what one of them holds that one alone is put off, and says so. */
async function beginOrBisect(
  deps: RunSchedulesDeps,
  db: Database,
  runs: readonly DueRun[],
): Promise<string[]> {
  if (runs.length === 0) return [];
  try {
    return await beginRuns(db, runs);
  } catch (error) {
    const code = pgCode(error);
    if (code === null || !DATA_ERROR.test(code)) throw error;
    const [only] = runs;
    if (runs.length === 1 && only) {
      const { scheduleId, nextAt } = only;
      await haltSchedule(db, { id: scheduleId, nextAt, failure: `The report could not be begun (${code})` });
      deps.log("error", "schedule_halted", { schedule: scheduleId, reason: `sqlstate_${code}` });
      return [];
    }
    const middle = Math.ceil(runs.length / 2);
    const first = await beginOrBisect(deps, db, runs.slice(0, middle));
    return [...first, ...(await beginOrBisect(deps, db, runs.slice(middle)))];
  }
}
