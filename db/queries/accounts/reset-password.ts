import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type PasswordReset = { tokenHash: string; passwordHash: string; now: Date };
export type PasswordResetEffect = { endedSessions: string[]; revokedKeys: string[] };

/**
 * Uses a reset token, in one statement: the password is the new one, every sign-in of the user and every other reset
 * token ends, and the address counts as confirmed, since the link came by mail. If it was unconfirmed until now, the
 * account may have been opened by someone else with this address: its API keys end too. Null when the token is used,
 * expired or unknown.
 */
export async function resetPassword(db: Database, reset: PasswordReset): Promise<PasswordResetEffect | null> {
  const now = sql`${reset.now.toISOString()}::timestamptz`;
  const { rows } = await db.execute<{ ended: string[]; revoked: string[] }>(sql`
    with used as (
      update control.mail_tokens set used_at = ${now}
      where token_hash = ${reset.tokenHash} and purpose = 'reset' and used_at is null and expires_at > ${now}
      returning user_id
    ), before as (
      select u.id, u.public_id, u.email_confirmed_at from control.users u join used on used.user_id = u.id
    ), others as (
      update control.mail_tokens t set used_at = ${now}
      from used
      where t.user_id = used.user_id and t.purpose = 'reset' and t.used_at is null
        and t.token_hash <> ${reset.tokenHash}
    ), changed as (
      update control.users u
      set password_hash = ${reset.passwordHash}, email_confirmed_at = coalesce(u.email_confirmed_at, ${now})
      from used where u.id = used.user_id
    ), ended as (
      delete from control.user_sessions s using used where s.user_id = used.user_id returning s.token_hash
    ), revoked as (
      update control.api_keys k set revoked_at = ${now}
      from before b join control.members m on m.user_id = b.id and m.role = 'owner'
      where b.email_confirmed_at is null and k.account_id = m.account_id and k.revoked_at is null
      returning k.public_id
    ), noted as (
      insert into control.audit_log (account_id, user_id, at, action, subject)
      select m.account_id, b.id, ${now}, 'user.reset_password', b.public_id
      from before b join control.members m on m.user_id = b.id
    )
    select
      (select coalesce(json_agg(token_hash), '[]') from ended) as ended,
      (select coalesce(json_agg(public_id), '[]') from revoked) as revoked
    from used`);
  const [row] = rows;
  return row ? { endedSessions: row.ended, revokedKeys: row.revoked } : null;
}
