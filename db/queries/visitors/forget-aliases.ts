import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Takes away which hash a cookieless visitor had the day before, where no visit ran over that midnight. */
export async function forgetAliases(db: Database, seenBefore: Date): Promise<void> {
  await db.execute(sql`
    delete from site.visitor_aliases
    where running_from is null and seen_at < ${seenBefore.toISOString()}::timestamptz`);
}
