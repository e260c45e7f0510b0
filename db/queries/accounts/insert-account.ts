import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type NewAccount = {
  accountPublicId: string;
  accountName: string;
  /** Where its sites will live. */
  database: string;
  userPublicId: string;
  email: string;
  name: string;
  passwordHash: string;
  /** Of the first sign-in. */
  sessionHash: string;
  sessionExpiresAt: Date;
  /** Of the link in the confirmation mail. */
  confirmHash: string;
  confirmExpiresAt: Date;
  at: Date;
};

/**
 * An account with its owner, the owner's first sign-in, confirmation token and metrics, and the audit entry: one
 * statement, so all of it or nothing. Breaks `users_email_key` when the address is taken.
 */
export async function insertAccount(db: Database, account: NewAccount): Promise<void> {
  const at = sql`${account.at.toISOString()}::timestamptz`;
  await db.execute(sql`
    with new_account as (
      insert into control.accounts (public_id, name, database, created_at)
      values (${account.accountPublicId}, ${account.accountName}, ${account.database}, ${at}) returning id
    ), new_user as (
      insert into control.users (public_id, email, name, password_hash, created_at)
      values (${account.userPublicId}, ${account.email}, ${account.name}, ${account.passwordHash}, ${at}) returning id
    ), new_member as (
      insert into control.members (account_id, user_id, role, created_at)
      select a.id, u.id, 'owner', ${at} from new_account a, new_user u
    ), new_metrics as (
      insert into control.user_metrics (user_id, account_id, registered_at)
      select u.id, a.id, ${at} from new_account a, new_user u
    ), new_session as (
      insert into control.user_sessions (token_hash, user_id, created_at, last_seen_at, expires_at)
      select ${account.sessionHash}, u.id, ${at}, ${at}, ${account.sessionExpiresAt.toISOString()}::timestamptz
      from new_user u
    ), new_token as (
      insert into control.mail_tokens (token_hash, user_id, purpose, created_at, expires_at)
      select ${account.confirmHash}, u.id, 'confirm', ${at}, ${account.confirmExpiresAt.toISOString()}::timestamptz
      from new_user u
    )
    insert into control.audit_log (account_id, user_id, at, action, subject)
    select a.id, u.id, ${at}, 'account.create', ${account.accountPublicId} from new_account a, new_user u`);
}
