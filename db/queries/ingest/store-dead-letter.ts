import { sql } from "drizzle-orm";

import { cleanValue } from "#core/text/clean-value.ts";
import type { Database } from "#db/database.ts";

export type DeadLetter = {
  siteId: number;
  receiptId: string;
  receivedAt: Date;
  received: number;
  reason: string;
  message: unknown;
  at: Date;
};

/**
 * Keeps a message that cannot be ingested and counts all its events as dead-lettered. Harmless twice. What is kept is
 * whole but for the characters that no column holds: they may be the very reason.
 */
export async function storeDeadLetter(db: Database, letter: DeadLetter): Promise<void> {
  await db.execute(sql`
    with receipt as (
      insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, rejected_by,
        dead_lettered)
      values (${letter.siteId}, ${letter.receiptId}, date_trunc('hour', ${letter.receivedAt.toISOString()}::timestamptz, 'UTC'),
        ${letter.received}, 0, 0, 0, 0, null, ${letter.received})
      on conflict (site_id, receipt_id) do nothing
      returning receipt_id
    )
    insert into site.dead_letters (site_id, receipt_id, reason, message, at)
    select ${letter.siteId}, receipt_id, ${letter.reason}, ${JSON.stringify(cleanValue(letter.message))}::jsonb,
      ${letter.at.toISOString()}::timestamptz
    from receipt
    on conflict (site_id, receipt_id) do nothing`);
}
