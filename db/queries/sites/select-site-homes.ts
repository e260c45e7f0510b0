import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Which database holds each of these sites now; unknown ids are absent. Asked of control, by the directory's key. */
export async function selectSiteHomes(
  control: Database,
  siteIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await control.execute<{ site_id: number; database: string }>(sql`
    select d.site_id, a.database
    from control.site_directory d join control.accounts a on a.id = d.account_id
    where d.site_id = any (array(select jsonb_array_elements_text(${JSON.stringify(siteIds)}::jsonb)::int))`);
  return new Map(rows.map(({ site_id: siteId, database }) => [siteId, database]));
}
