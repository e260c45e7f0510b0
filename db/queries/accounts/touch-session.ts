import { eq } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { userSessions } from "#db/schema/control/user-sessions.ts";

/** Says that the sign-in was in use at `now`. */
export async function touchSession(db: Database, session: { tokenHash: string; now: Date }): Promise<void> {
  await db
    .update(userSessions)
    .set({ lastSeenAt: session.now })
    .where(eq(userSessions.tokenHash, session.tokenHash));
}
