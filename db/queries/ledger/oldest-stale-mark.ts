import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * When the hour was marked that has waited longest to be rolled up, of all sites of the database; null when none
 * waits. The first entry of an index.
 */
export async function oldestStaleMark(db: Database): Promise<Date | null> {
  const { rows } = await db.execute<{ ms: number }>(sql`
    select extract(epoch from marked_at)::float8 * 1000 as ms from site.stale_hours order by marked_at limit 1`);
  const [row] = rows;
  return row ? new Date(row.ms) : null;
}
