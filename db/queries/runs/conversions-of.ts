import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** The conversion of each id of a conversion or refund, as far as it is there: few ids, each by an index. */
export async function conversionsOf(
  db: Database,
  siteId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; conversion_id: string }>(sql`
    with asked as materialized (
      select distinct jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid as id
    )
    select a.id, c.conversion_id
    from asked a join site.conversions c on c.site_id = ${siteId} and c.conversion_id = a.id
    union all
    select a.id, e.conversion_id
    from asked a join site.refund_effects e on e.site_id = ${siteId} and e.refund_id = a.id
    where e.conversion_id is not null`);
  return new Map(rows.map((row) => [row.id, row.conversion_id]));
}
