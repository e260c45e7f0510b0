import { and, asc, desc, eq, isNull, lt, lte } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportSchedules } from "#db/schema/site/report-schedules.ts";
import { sites } from "#db/schema/site/sites.ts";
import {
  scheduleColumns,
  scheduleWithRunsColumns,
  type ScheduleRecord,
  type ScheduleWithRuns,
} from "./schedule-record.ts";

export type ScheduleFilter = {
  accountId: number;
  /** Null: those of every site and of all sites. */
  siteId: number | null;
  /** Id of the last schedule of the page before; null for the first page. */
  afterId: number | null;
  limit: number;
};

/** An account's schedules that are not deleted, newest first. */
export async function listSchedules(db: Database, filter: ScheduleFilter): Promise<ScheduleWithRuns[]> {
  return await db
    .select(scheduleWithRunsColumns)
    .from(reportSchedules)
    .leftJoin(sites, eq(sites.id, reportSchedules.siteId))
    .where(
      and(
        eq(reportSchedules.accountId, filter.accountId),
        isNull(reportSchedules.deletedAt),
        filter.siteId === null ? undefined : eq(reportSchedules.siteId, filter.siteId),
        filter.afterId === null ? undefined : lt(reportSchedules.id, filter.afterId),
      ),
    )
    .orderBy(desc(reportSchedules.id))
    .limit(filter.limit);
}

/** The schedules of all accounts whose time has come, those that wait longest first. For jobs only. */
export async function listDueSchedules(
  db: Database,
  { now, limit }: { now: Date; limit: number },
): Promise<ScheduleRecord[]> {
  return await db
    .select(scheduleColumns)
    .from(reportSchedules)
    .leftJoin(sites, eq(sites.id, reportSchedules.siteId))
    .where(and(lte(reportSchedules.nextAt, now), isNull(reportSchedules.deletedAt)))
    .orderBy(asc(reportSchedules.nextAt), asc(reportSchedules.id))
    .limit(limit);
}
