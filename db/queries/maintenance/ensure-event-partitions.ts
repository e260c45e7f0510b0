import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Monthly partitions of `events` and `bot_events` around this instant; those that exist stay as they are. */
export async function ensureEventPartitions(db: Database, moment: Date): Promise<number> {
  const { rows } = await db.execute<{ made: number }>(
    sql`select site.ensure_event_partitions(${moment.toISOString()}::timestamptz) as made`,
  );
  return rows[0]?.made ?? 0;
}
