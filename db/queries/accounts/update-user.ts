import { eq, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { accounts } from "#db/schema/control/accounts.ts";
import { users } from "#db/schema/control/users.ts";
import { auditInsert, type AuditEntry } from "./record-audit.ts";

export type UserUpdate = {
  userId: number;
  accountId: number;
  name: string | null;
  accountName: string | null;
  passwordHash: string | null;
  audit: AuditEntry;
};

/** Changes what is not null, and notes it, at once. */
export async function updateUser(db: Database, change: UserUpdate): Promise<void> {
  await db.batch([
    db
      .update(users)
      .set({
        name: sql`coalesce(${change.name}, ${users.name})`,
        passwordHash: sql`coalesce(${change.passwordHash}, ${users.passwordHash})`,
      })
      .where(eq(users.id, change.userId)),
    db
      .update(accounts)
      .set({ name: sql`coalesce(${change.accountName}, ${accounts.name})` })
      .where(eq(accounts.id, change.accountId)),
    auditInsert(db, change.audit),
  ]);
}

/** Keeps a user's password under newer parameters: nothing that anyone would notice. */
export async function updatePasswordHash(
  db: Database,
  user: { userId: number; passwordHash: string },
): Promise<void> {
  await db.update(users).set({ passwordHash: user.passwordHash }).where(eq(users.id, user.userId));
}
