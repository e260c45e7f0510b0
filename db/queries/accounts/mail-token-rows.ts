import { and, eq, gt, isNull, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { mailTokens } from "#db/schema/control/mail-tokens.ts";

export type NewMailToken = {
  tokenHash: string;
  userId: number;
  purpose: "confirm" | "reset";
  createdAt: Date;
  expiresAt: Date;
};

/** Keeps the hash of a token that is about to be mailed. */
export async function insertMailToken(db: Database, token: NewMailToken): Promise<void> {
  await db.insert(mailTokens).values(token);
}

/** Whether a reset token could be used now: asked before the costly hash, decided by `resetPassword`. */
export async function isResetTokenValid(
  db: Database,
  token: { tokenHash: string; now: Date },
): Promise<boolean> {
  const rows = await db
    .select({ userId: mailTokens.userId })
    .from(mailTokens)
    .where(
      and(
        eq(mailTokens.tokenHash, token.tokenHash),
        eq(mailTokens.purpose, "reset"),
        isNull(mailTokens.usedAt),
        gt(mailTokens.expiresAt, token.now),
      ),
    );
  return rows.length > 0;
}

/** Uses a confirmation token: the address of its user is confirmed. Null when the token is used, expired or unknown. */
export async function confirmEmail(
  db: Database,
  token: { tokenHash: string; now: Date },
): Promise<{ userId: number } | null> {
  const now = sql`${token.now.toISOString()}::timestamptz`;
  const { rows } = await db.execute<{ id: number }>(sql`
    with used as (
      update control.mail_tokens set used_at = ${now}
      where token_hash = ${token.tokenHash} and purpose = 'confirm' and used_at is null and expires_at > ${now}
      returning user_id
    ), confirmed as (
      update control.users u set email_confirmed_at = coalesce(u.email_confirmed_at, ${now})
      from used where u.id = used.user_id
      returning u.id, u.public_id
    ), noted as (
      insert into control.audit_log (account_id, user_id, at, action, subject)
      select m.account_id, c.id, ${now}, 'user.confirm_email', c.public_id
      from confirmed c join control.members m on m.user_id = c.id
    )
    select id from confirmed`);
  const [row] = rows;
  return row ? { userId: row.id } : null;
}
