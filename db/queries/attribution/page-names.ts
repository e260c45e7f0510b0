import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Host and path of some pages of a site, by their int. */
export async function pageNames(
  db: Database,
  siteId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<{ id: number; name: string }>(sql`
    select id, host || path as name from site.pages
    where site_id = ${siteId} and id in (select value::int from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
  return new Map(rows.map(({ id, name }) => [String(id), name]));
}
