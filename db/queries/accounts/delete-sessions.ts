import { and, eq, ne } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { userSessions } from "#db/schema/control/user-sessions.ts";

/** Ends one sign-in; a second time changes nothing. */
export async function deleteSession(db: Database, tokenHash: string): Promise<void> {
  await db.delete(userSessions).where(eq(userSessions.tokenHash, tokenHash));
}

/** Ends a user's sign-ins, all but `keptHash`; answers the hashes of those that ended. */
export async function deleteSessionsOfUser(
  db: Database,
  ended: { userId: number; keptHash: string | null },
): Promise<string[]> {
  const rows = await db
    .delete(userSessions)
    .where(and(eq(userSessions.userId, ended.userId), ne(userSessions.tokenHash, ended.keptHash ?? "")))
    .returning({ tokenHash: userSessions.tokenHash });
  return rows.map(({ tokenHash }) => tokenHash);
}

/** The hashes of a user's sign-ins. */
export async function selectSessionHashes(db: Database, userId: number): Promise<string[]> {
  const rows = await db
    .select({ tokenHash: userSessions.tokenHash })
    .from(userSessions)
    .where(eq(userSessions.userId, userId));
  return rows.map(({ tokenHash }) => tokenHash);
}
