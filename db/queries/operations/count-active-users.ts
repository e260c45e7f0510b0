import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** People whose sign-in was in use at or after this instant. */
export async function countActiveUsers(control: Database, since: Date): Promise<number> {
  const { rows } = await control.execute<{ n: number }>(sql`
    select count(distinct user_id)::int as n from control.user_sessions
    where last_seen_at >= ${since.toISOString()}::timestamptz`);
  return rows[0]?.n ?? 0;
}
