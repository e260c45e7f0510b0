import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import type { ProductDay } from "./count-days.ts";

/** When a database's days were counted last; null: never. */
export async function lastCountedAt(control: Database, database: string): Promise<Date | null> {
  const { rows } = await control.execute<{ at: string | null }>(sql`
    select to_char(max(counted_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from control.product_days where database = ${database}`);
  const at = rows[0]?.at ?? null;
  return at === null ? null : new Date(at);
}

export type CountedDays = {
  database: string;
  days: readonly ProductDay[];
  countedAt: Date;
  /** Whether these are all days there are: others are forgotten. */
  isAll: boolean;
};

/** Puts counted days in the place of what they were counted as before. */
export async function replaceProductDays(
  control: Database,
  { database, days, countedAt, isAll }: CountedDays,
): Promise<void> {
  const json = JSON.stringify(
    days.map((row) => ({
      d: row.day,
      cc: row.campaignsCreated,
      cd: row.campaignsCompleted,
      rd: row.reportsDelivered,
      mf: row.mailsFailed,
    })),
  );
  await control.execute(sql`
    with counted as materialized (
      select * from jsonb_to_recordset(${json}::jsonb) as c (d date, cc int, cd int, rd int, mf int)
    ),
    forgotten as (
      delete from control.product_days p
      where ${isAll} and p.database = ${database} and p.day not in (select d from counted)
    )
    insert into control.product_days (database, day, campaigns_created, campaigns_completed, reports_delivered,
      mails_failed, counted_at)
    select ${database}, d, cc, cd, rd, mf, ${countedAt.toISOString()}::timestamptz from counted
    on conflict (database, day) do update set campaigns_created = excluded.campaigns_created,
      campaigns_completed = excluded.campaigns_completed, reports_delivered = excluded.reports_delivered,
      mails_failed = excluded.mails_failed, counted_at = excluded.counted_at`);
}

export type ProductSums = Omit<ProductDay, "day"> & {
  /** The database that was counted the longest ago; null: none yet. */
  countedAt: string | null;
};

/** All databases' days of a closed range, added up. */
export async function sumProductDays(
  control: Database,
  { from, to }: { from: string; to: string },
): Promise<ProductSums> {
  const { rows } = await control.execute<ProductSums>(sql`
    select coalesce(sum(campaigns_created), 0)::int as "campaignsCreated",
      coalesce(sum(campaigns_completed), 0)::int as "campaignsCompleted",
      coalesce(sum(reports_delivered), 0)::int as "reportsDelivered",
      coalesce(sum(mails_failed), 0)::int as "mailsFailed",
      (select to_char(min(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
       from (select max(counted_at) as at from control.product_days group by database) as last) as "countedAt"
    from control.product_days where day between ${from}::date and ${to}::date`);
  const [row] = rows;
  if (!row) throw new Error("Sums without a row");
  return row;
}
