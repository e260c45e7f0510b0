import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type Suppression = {
  accountId: number;
  address: string;
  cause: "bounce" | "complaint";
  reason: string | null;
  at: Date;
};

/**
 * No mail goes to the address any more. A complaint is never made less by a bounce, and the first telling stays.
 * Control database.
 */
export async function suppressAddress(control: Database, suppression: Suppression): Promise<void> {
  const { accountId, address, cause, reason, at } = suppression;
  await control.execute(sql`
    update control.mail_addresses
    set suppressed_at = ${at.toISOString()}::timestamptz, suppression = ${cause}, suppression_reason = ${reason}::text
    where account_id = ${accountId} and address = ${address}
      and (suppression is null or (suppression = 'bounce' and ${cause} = 'complaint'))`);
}

/** Tries an address again to which mail bounced; a complaint stays. True when it was so. Control database. */
export async function liftBounce(
  control: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<boolean> {
  const { rows } = await control.execute<{ id: number }>(sql`
    update control.mail_addresses set suppressed_at = null, suppression = null, suppression_reason = null
    where account_id = ${accountId} and public_id = ${publicId} and suppression = 'bounce'
    returning id`);
  return rows.length > 0;
}

/**
 * Ends all reports of the account to an address, or has them come again, as its owner wants: then an earlier complaint
 * is forgiven too, and they have agreed. Control database.
 */
export async function setUnsubscribed(
  control: Database,
  { id, isUnsubscribed, at }: { id: number; isUnsubscribed: boolean; at: Date },
): Promise<void> {
  const now = sql`${at.toISOString()}::timestamptz`;
  await control.execute(
    isUnsubscribed
      ? sql`update control.mail_addresses set unsubscribed_at = coalesce(unsubscribed_at, ${now}) where id = ${id}`
      : sql`update control.mail_addresses
          set unsubscribed_at = null, confirmed_at = coalesce(confirmed_at, ${now}), suppressed_at = null,
            suppression = null, suppression_reason = null
          where id = ${id} and (unsubscribed_at is not null or suppression is not null)`,
  );
}
