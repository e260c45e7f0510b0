import { sql } from "drizzle-orm";

import type { WorkerName } from "#core/operations/measures.ts";
import type { Database } from "#db/database.ts";

export type ErrorGroupRow = {
  fingerprint: string;
  worker: WorkerName;
  event: string;
  name: string;
  message: string;
  sampleRequestId: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  count: number;
};

/** Kinds of errors last seen at or after this instant, the newest first. */
export async function listErrorGroups(
  control: Database,
  { since, limit }: { since: Date; limit: number },
): Promise<ErrorGroupRow[]> {
  const { rows } = await control.execute<ErrorGroupRow>(sql`
    select fingerprint, worker, event, name, message, sample_request_id as "sampleRequestId",
      to_char(first_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstSeenAt",
      to_char(last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastSeenAt", count::float8 as count
    from control.error_groups
    where last_seen_at >= ${since.toISOString()}::timestamptz
    order by last_seen_at desc, fingerprint limit ${limit}`);
  return rows;
}
