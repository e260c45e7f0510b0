import { eq, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { members } from "#db/schema/control/members.ts";
import { users } from "#db/schema/control/users.ts";

export type MemberAddress = { email: string; isConfirmedOwner: boolean };

/** The addresses of an account's members, as they sign in. Control database. */
export async function listMemberAddresses(control: Database, accountId: number): Promise<MemberAddress[]> {
  return await control
    .select({
      email: users.email,
      isConfirmedOwner: sql<boolean>`${members.role} = 'owner' and ${users.emailConfirmedAt} is not null`,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.accountId, accountId));
}
