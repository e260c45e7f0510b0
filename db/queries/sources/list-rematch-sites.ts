import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Sites with sources that wait to be matched again: also those that ingest wrote with matchers it remembered. */
export async function listRematchSites(db: Database): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select t.id from site.sites t
    where exists (select from site.sources s where s.site_id = t.id and s.matcher_version < t.matcher_version)
    order by t.id`);
  return rows.map(({ id }) => id);
}
