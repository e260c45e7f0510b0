import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * Adds receipts of hours before this instant up by site and hour and deletes them, `limit` at a time; answers how many.
 * What a run deletes it adds, in one statement: twice or two at once, each receipt is in the ledger once. Receipts with
 * dead letters stay single, so that a replay can correct them. Takes no site: it serves a cron.
 */
export async function compactReceipts(
  db: Database,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    with due as materialized (
      select r.site_id, r.receipt_id
      from site.sites t
      cross join lateral (
        select r.site_id, r.receipt_id from site.receipts r
        where r.site_id = t.id and r.hour < ${before.toISOString()}::timestamptz and r.dead_lettered = 0
        order by r.hour limit ${limit}
      ) r
      limit ${limit}
    ),
    gone as materialized (
      delete from site.receipts r using due d where r.site_id = d.site_id and r.receipt_id = d.receipt_id
      returning r.*
    ),
    codes as (
      select site_id, hour, jsonb_object_agg(code, n) as rejected_by
      from (
        select g.site_id, g.hour, j.key as code, sum(j.value::int) as n
        from gone g cross join lateral jsonb_each_text(g.rejected_by) j
        where g.rejected_by is not null
        group by 1, 2, 3
      ) by_code
      group by 1, 2
    ),
    summed as (
      insert into site.ledger_hours as l (site_id, hour, received, stored, duplicate, bot, rejected, rejected_by,
        dead_lettered)
      select g.site_id, g.hour, sum(g.received), sum(g.stored), sum(g.duplicate), sum(g.bot), sum(g.rejected),
        (array_agg(c.rejected_by))[1], 0
      from gone g left join codes c on c.site_id = g.site_id and c.hour = g.hour
      group by g.site_id, g.hour
      order by g.site_id, g.hour
      on conflict (site_id, hour) do update set
        received = l.received + excluded.received, stored = l.stored + excluded.stored,
        duplicate = l.duplicate + excluded.duplicate, bot = l.bot + excluded.bot,
        rejected = l.rejected + excluded.rejected, rejected_by = site.add_counts(l.rejected_by, excluded.rejected_by)
    )
    select count(*)::int as n from gone`);
  return rows[0]?.n ?? 0;
}
