import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Whether the database answers at all; why it does not is for the database's own log. */
export async function pingDatabase(db: Database): Promise<boolean> {
  try {
    await db.execute(sql`select 1`);
    return true;
  } catch {
    return false;
  }
}
