import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportSchedules } from "#db/schema/site/report-schedules.ts";
import { reports } from "#db/schema/site/reports.ts";
import { sites } from "#db/schema/site/sites.ts";
import { originals, reportColumns, type ReportRecord } from "./report-record.ts";

/** Null: whatever it is. */
export type ReportFilter = {
  accountId: number;
  siteId: number | null;
  campaignId: number | null;
  /** Public id. */
  schedule: string | null;
  kind: string | null;
  status: ReportRecord["status"] | null;
  /** Id of the last report of the page before; null for the first page. */
  afterId: number | null;
  limit: number;
};

/** An account's reports that are not deleted, newest first. */
export async function listReports(db: Database, filter: ReportFilter): Promise<ReportRecord[]> {
  const { accountId, siteId, campaignId, schedule, kind, status, afterId, limit } = filter;
  return await db
    .select(reportColumns)
    .from(reports)
    .leftJoin(sites, eq(sites.id, reports.siteId))
    .leftJoin(reportSchedules, eq(reportSchedules.id, reports.scheduleId))
    .leftJoin(originals, eq(originals.id, reports.recomputeOf))
    .where(
      and(
        eq(reports.accountId, accountId),
        isNull(reports.deletedAt),
        siteId === null ? undefined : eq(reports.siteId, siteId),
        campaignId === null ? undefined : sql`${campaignId}::int = any(${reports.campaignIds})`,
        schedule === null ? undefined : eq(reportSchedules.publicId, schedule),
        kind === null ? undefined : eq(reports.kind, kind),
        status === null ? undefined : eq(reports.status, status),
        afterId === null ? undefined : lt(reports.id, afterId),
      ),
    )
    .orderBy(desc(reports.id))
    .limit(limit);
}
