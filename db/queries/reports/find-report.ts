import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportSchedules } from "#db/schema/site/report-schedules.ts";
import { reports } from "#db/schema/site/reports.ts";
import { sites } from "#db/schema/site/sites.ts";
import { originals, reportColumns, type ReportRecord } from "./report-record.ts";

/** A report of the account that is not deleted; null when the account has none of that id. */
export async function findReport(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<ReportRecord | null> {
  const rows = await db
    .select(reportColumns)
    .from(reports)
    .leftJoin(sites, eq(sites.id, reports.siteId))
    .leftJoin(reportSchedules, eq(reportSchedules.id, reports.scheduleId))
    .leftJoin(originals, eq(originals.id, reports.recomputeOf))
    .where(and(eq(reports.accountId, accountId), eq(reports.publicId, publicId), isNull(reports.deletedAt)));
  return rows[0] ?? null;
}

export type ReportWork = { report: ReportRecord; deletedAt: Date | null };

/** A report, deleted or not; null when there is none of that id. For jobs only. */
export async function findReportWork(db: Database, publicId: string): Promise<ReportWork | null> {
  const rows = await db
    .select({ report: reportColumns, deletedAt: reports.deletedAt })
    .from(reports)
    .leftJoin(sites, eq(sites.id, reports.siteId))
    .leftJoin(reportSchedules, eq(reportSchedules.id, reports.scheduleId))
    .leftJoin(originals, eq(originals.id, reports.recomputeOf))
    .where(eq(reports.publicId, publicId));
  return rows[0] ?? null;
}
