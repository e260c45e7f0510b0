import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * Has a delivery that ended unsent, or nobody knows how, sent once more, as a round of its own: no doubt and no time of
 * the earlier attempts counts. False when it did not end so, or its report has no files any more.
 */
export async function reopenDelivery(db: Database, { id, at }: { id: number; at: Date }): Promise<boolean> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const { rows } = await db.execute<{ id: number }>(sql`
    update site.report_deliveries d
    set status = 'built', earlier_attempts = d.attempts, first_attempt_at = null, created_at = ${now},
      next_attempt_at = ${now}, turn_at = null, share_token = null, failure = null, failure_kind = null, provider_id = null,
      bounced_at = null, complained_at = null, bounce = null
    from site.reports r
    where d.id = ${id} and d.status in ('failed', 'unknown') and r.id = d.report_id and r.status = 'ready'
      and r.deleted_at is null and r.expired_at is null
    returning d.id`);
  return rows.length > 0;
}
