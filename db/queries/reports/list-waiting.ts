import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reports } from "#db/schema/site/reports.ts";

export type WaitingPage = {
  now: Date;
  /** Who waits for less is not listed; who waits for longer is, once in as long again. */
  everyMs: number;
  /** How long the caller's turns lie apart. */
  turnMs: number;
  limit: number;
};

/** Public ids of reports that are not built, in the turn in which they have waited for once, twice, three times `everyMs`. */
export async function listWaiting(
  db: Database,
  { now, everyMs, turnMs, limit }: WaitingPage,
): Promise<string[]> {
  const waitedMs = sql`(extract(epoch from ${now.toISOString()}::timestamptz - ${reports.createdAt}) * 1000)`;
  const rows = await db
    .select({ publicId: reports.publicId })
    .from(reports)
    .where(
      and(
        eq(reports.status, "pending"),
        isNull(reports.deletedAt),
        lt(reports.createdAt, new Date(now.getTime() - everyMs + 1)),
        sql`mod(${waitedMs}, ${everyMs}) < ${turnMs}`,
      ),
    )
    .orderBy(asc(reports.createdAt))
    .limit(limit);
  return rows.map(({ publicId }) => publicId);
}
