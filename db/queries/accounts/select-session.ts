import { and, eq, gt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { accounts } from "#db/schema/control/accounts.ts";
import { members } from "#db/schema/control/members.ts";
import { userSessions } from "#db/schema/control/user-sessions.ts";
import { users } from "#db/schema/control/users.ts";

/**
 * The person behind a sign-in that has neither expired nor been idle since `idleSince`, with account and role; null
 * otherwise. Who is a member of several accounts acts in the one they joined first.
 */
export async function selectSession(db: Database, wanted: { tokenHash: string; now: Date; idleSince: Date }) {
  const rows = await db
    .select({
      userId: users.id,
      userPublicId: users.publicId,
      email: users.email,
      name: users.name,
      emailConfirmedAt: users.emailConfirmedAt,
      isSuperadmin: users.isSuperadmin,
      userCreatedAt: users.createdAt,
      role: members.role,
      accountId: accounts.id,
      accountPublicId: accounts.publicId,
      accountName: accounts.name,
      database: accounts.database,
      lastSeenAt: userSessions.lastSeenAt,
    })
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .innerJoin(members, eq(members.userId, users.id))
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(
      and(
        eq(userSessions.tokenHash, wanted.tokenHash),
        gt(userSessions.expiresAt, wanted.now),
        gt(userSessions.lastSeenAt, wanted.idleSince),
      ),
    )
    .orderBy(members.createdAt, accounts.id)
    .limit(1);
  return rows[0] ?? null;
}
