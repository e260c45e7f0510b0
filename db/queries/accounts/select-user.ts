import { eq } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { users } from "#db/schema/control/users.ts";

const columns = {
  userId: users.id,
  email: users.email,
  passwordHash: users.passwordHash,
  emailConfirmedAt: users.emailConfirmedAt,
};

/** Who signs in with this address (trimmed, lower-cased); null when nobody does. */
export async function selectUserByEmail(db: Database, email: string) {
  const rows = await db.select(columns).from(users).where(eq(users.email, email));
  return rows[0] ?? null;
}

/** The user with this int; null when there is none. */
export async function selectUserById(db: Database, userId: number) {
  const rows = await db.select(columns).from(users).where(eq(users.id, userId));
  return rows[0] ?? null;
}
