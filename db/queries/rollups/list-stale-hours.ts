import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** An hour to be rolled up, at the version its mark had when it was listed. */
export type StaleHour = { siteId: number; bucket: string; version: number };

/** The oldest marks first, so that a standstill is caught up in order; bounded, so that a run ends. */
export async function listStaleHours(db: Database, limit: number): Promise<StaleHour[]> {
  const { rows } = await db.execute<{ site_id: number; bucket: string; version: string }>(sql`
    select site_id, to_char(bucket at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as bucket, version from site.stale_hours order by marked_at, site_id, bucket limit ${limit}`);
  return rows.map(({ site_id: siteId, bucket, version }) => ({ siteId, bucket, version: Number(version) }));
}
