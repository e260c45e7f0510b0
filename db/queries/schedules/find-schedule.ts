import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportSchedules } from "#db/schema/site/report-schedules.ts";
import { sites } from "#db/schema/site/sites.ts";
import { scheduleWithRunsColumns, type ScheduleWithRuns } from "./schedule-record.ts";

/** A schedule of the account that is not deleted; null when the account has none of that id. */
export async function findSchedule(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<ScheduleWithRuns | null> {
  const rows = await db
    .select(scheduleWithRunsColumns)
    .from(reportSchedules)
    .leftJoin(sites, eq(sites.id, reportSchedules.siteId))
    .where(
      and(
        eq(reportSchedules.accountId, accountId),
        eq(reportSchedules.publicId, publicId),
        isNull(reportSchedules.deletedAt),
      ),
    );
  return rows[0] ?? null;
}
