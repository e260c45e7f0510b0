import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** The hex key of a site's customer-key HMAC. Throws when there is no such site: the caller has resolved it. */
export async function loadIdentifyKey(db: Database, siteId: number): Promise<string> {
  const { rows } = await db.execute<{ identify_key: string }>(
    sql`select identify_key from site.sites where id = ${siteId}`,
  );
  const [site] = rows;
  if (!site) throw new Error(`Cannot read the identify key of site ${siteId}: there is no such site`);
  return site.identify_key;
}
