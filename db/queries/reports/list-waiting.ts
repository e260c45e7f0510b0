import { and, asc, eq, isNull, lt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reports } from "#db/schema/site/reports.ts";

/** Public ids of reports that are not built and were asked for before then. */
export async function listWaiting(db: Database, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ publicId: reports.publicId })
    .from(reports)
    .where(and(eq(reports.status, "pending"), isNull(reports.deletedAt), lt(reports.createdAt, before)))
    .orderBy(asc(reports.createdAt))
    .limit(limit);
  return rows.map(({ publicId }) => publicId);
}
