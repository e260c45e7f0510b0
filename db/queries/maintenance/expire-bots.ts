import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * Empties the months of bots that lie wholly before this instant by their ids' time, at once; answers how many. What
 * became of each stays in the ledger. Leaves all of it to the next run while a table is busy (then -1).
 */
export async function expireBotMonths(db: Database, before: Date): Promise<number> {
  const { rows } = await db.execute<{ ended: number }>(
    sql`select site.expire_bot_months(${before.toISOString()}::timestamptz) as ended`,
  );
  return rows[0]?.ended ?? 0;
}

/**
 * Deletes bots with ids before this instant in the month that it falls into, `limit` at a time; answers how many.
 * Takes no site: it serves a cron, with one probe of the key's index a site.
 */
export async function deleteBots(
  db: Database,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const month = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth(), 1));
  const { rows } = await db.execute<{ n: number }>(sql`
    with due as materialized (
      select b.site_id, b.event_id
      from site.sites t
      cross join lateral (
        select b.site_id, b.event_id from site.bot_events b
        where b.site_id = t.id and b.event_id >= site.uuid7_floor(${month.toISOString()}::timestamptz)
          and b.event_id < site.uuid7_floor(${before.toISOString()}::timestamptz)
        order by b.event_id limit ${limit}
      ) b
      limit ${limit}
    ),
    gone as (
      delete from site.bot_events b using due d
      where b.site_id = d.site_id and b.event_id = d.event_id
        and b.event_id >= site.uuid7_floor(${month.toISOString()}::timestamptz)
        and b.event_id < site.uuid7_floor(${before.toISOString()}::timestamptz)
      returning 1
    )
    select count(*)::int as n from gone`);
  return rows[0]?.n ?? 0;
}
