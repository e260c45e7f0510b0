import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** What became of every event that collect accepted in one hour (decisions 7). */
export type LedgerHourRow = {
  hour: string;
  received: number;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: Record<string, number>;
  rejectedTotal: number;
  deadLettered: number;
};

export type LedgerQuestion = { siteId: number; fromIso: string; toIso: string };

/**
 * The receipts of [from, to), single or already added up, summed by UTC hour, oldest first. `received` was counted by collect and the
 * fates by ingest, so that the sum can fail and the check is real.
 */
export async function ledgerHours(
  db: Database,
  { siteId, fromIso, toIso }: LedgerQuestion,
): Promise<LedgerHourRow[]> {
  const { rows } = await db.execute<RawHour>(sql`
    with hours as (
      select hour, sum(received)::int as received, sum(stored)::int as stored, sum(duplicate)::int as duplicate,
        sum(bot)::int as bot, sum(rejected)::int as rejected_total, sum(dead_lettered)::int as dead_lettered
      from site.ledger_entries
      where site_id = ${siteId} and hour >= ${fromIso}::timestamptz and hour < ${toIso}::timestamptz
      group by hour
    ),
    codes as (
      select hour, jsonb_object_agg(code, n) as rejected
      from (
        select r.hour, j.key as code, sum(j.value::int)::int as n
        from site.ledger_entries r cross join lateral jsonb_each_text(r.rejected_by) j
        where r.site_id = ${siteId} and r.hour >= ${fromIso}::timestamptz and r.hour < ${toIso}::timestamptz
          and r.rejected_by is not null
        group by 1, 2
      ) by_code
      group by hour
    )
    select to_char(h.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as hour, h.received, h.stored, h.duplicate,
      h.bot, h.rejected_total, h.dead_lettered, coalesce(c.rejected, '{}') as rejected
    from hours h left join codes c using (hour)
    order by h.hour`);
  return rows.map(({ rejected_total: rejectedTotal, dead_lettered: deadLettered, ...row }) => ({
    ...row,
    rejectedTotal,
    deadLettered,
  }));
}

type RawHour = Omit<LedgerHourRow, "rejectedTotal" | "deadLettered"> & {
  rejected_total: number;
  dead_lettered: number;
};
