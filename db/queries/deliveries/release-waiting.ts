import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Makes an account's mails due that wait for this address to agree. Their public ids. */
export async function releaseWaiting(
  db: Database,
  { accountId, address, at }: { accountId: number; address: string; at: Date },
): Promise<string[]> {
  const { rows } = await db.execute<{ public_id: string }>(sql`
    update site.report_deliveries
    set next_attempt_at = ${at.toISOString()}::timestamptz, failure_kind = null, failure = null
    where account_id = ${accountId} and recipient = ${address} and status = 'built'
      and failure_kind = 'not_confirmed'
    returning public_id`);
  return rows.map((row) => row.public_id);
}
