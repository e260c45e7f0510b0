import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Takes away sign-ins, mailed tokens and idempotency answers that no longer mean anything. Each is ignored already. */
export async function deleteExpired(control: Database, now: Date): Promise<void> {
  const at = now.toISOString();
  await control.batch([
    control.execute(sql`delete from control.user_sessions where expires_at < ${at}::timestamptz`),
    control.execute(
      sql`delete from control.mail_tokens where expires_at < ${at}::timestamptz - interval '30 days'`,
    ),
    control.execute(
      sql`delete from control.idempotency_keys where created_at < ${at}::timestamptz - interval '2 days'`,
    ),
  ]);
}
