import { desc, eq } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportShares } from "#db/schema/site/report-shares.ts";
import { shareColumns, type ShareRecord } from "./share-record.ts";

/** The links of a report, also those that ended, newest first; a report has few. */
export async function listShares(db: Database, reportId: number): Promise<ShareRecord[]> {
  return await db
    .select(shareColumns)
    .from(reportShares)
    .where(eq(reportShares.reportId, reportId))
    .orderBy(desc(reportShares.id));
}
