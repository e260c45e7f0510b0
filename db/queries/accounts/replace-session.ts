import { and, eq, lt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { userSessions } from "#db/schema/control/user-sessions.ts";

export type SessionReplacement = {
  tokenHash: string;
  userId: number;
  now: Date;
  expiresAt: Date;
  /** The sign-in that this browser had until now. */
  replacedHash: string | null;
};

/** Starts a sign-in, ends the browser's former one and drops the user's expired ones, at once. */
export async function replaceSession(db: Database, session: SessionReplacement): Promise<void> {
  const { tokenHash, userId, now, expiresAt, replacedHash } = session;
  await db.batch([
    db.delete(userSessions).where(eq(userSessions.tokenHash, replacedHash ?? "")),
    db.delete(userSessions).where(and(eq(userSessions.userId, userId), lt(userSessions.expiresAt, now))),
    db.insert(userSessions).values({ tokenHash, userId, createdAt: now, lastSeenAt: now, expiresAt }),
  ]);
}
