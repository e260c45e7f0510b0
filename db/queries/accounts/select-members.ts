import { and, asc, eq, gt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { members } from "#db/schema/control/members.ts";
import { users } from "#db/schema/control/users.ts";

/** A page of the account's people, in the order they registered, one more than a page shows. */
export async function selectMembers(
  db: Database,
  wanted: { accountId: number; afterId: number | null; limit: number },
) {
  return await db
    .select({
      userId: users.id,
      publicId: users.publicId,
      email: users.email,
      name: users.name,
      role: members.role,
      createdAt: members.createdAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.accountId, wanted.accountId),
        wanted.afterId === null ? undefined : gt(users.id, wanted.afterId),
      ),
    )
    .orderBy(asc(users.id))
    .limit(wanted.limit);
}
