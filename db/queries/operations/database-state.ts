import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type DatabaseState = {
  bytes: number;
  hasStatements: boolean;
  bodies: number;
  received: number;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: number;
  deadLettered: number;
  /** Seconds from receiving to storing, how many bodies took so long; to the tenth. */
  lags: [seconds: number, bodies: number][];
  waitingLetters: number;
  oldestLetterAt: string | null;
  staleHours: number;
  oldestStaleAt: string | null;
  reports: Partial<Record<"ready" | "failed" | "skipped" | "pending", number>>;
  mails: Partial<Record<"pending" | "built" | "sent" | "failed" | "unknown", number>>;
  bounced: number;
  complained: number;
};

/**
 * How a database of facts is doing: what was received within [from, to) by its receipts, whose ids hold the time, what
 * waits now, and what became of reports and mails ordered since `from`. Serves whoever runs the installation, so it crosses
 * all sites: receipts are walked by key, site by site, and the newest reports and mails from the end of theirs.
 */
export async function loadDatabaseState(db: Database, span: StateSpan): Promise<DatabaseState> {
  const { rows } = await db.execute<DatabaseState>(databaseStateStatement(span));
  const [row] = rows;
  if (!row) throw new Error("Cannot tell the state of a database");
  return row;
}

export type StateSpan = { from: Date; to: Date; now: Date };

/** The statement of `loadDatabaseState`, by itself for the test of its plan. */
export function databaseStateStatement({ from, to, now }: StateSpan): SQL {
  return sql`
    with taken as materialized (
      select r.* from site.sites t cross join lateral (
        select received, stored, duplicate, bot, rejected, dead_lettered,
          round(greatest(extract(epoch from stored_at - site.uuid7_time(receipt_id)), 0), 1)::float8 as lag
        from site.receipts
        where site_id = t.id and receipt_id >= site.uuid7_floor(${from.toISOString()}::timestamptz)
          and receipt_id < site.uuid7_floor(${to.toISOString()}::timestamptz)
      ) as r
    ),
    orders as (select status from ${newest("reports", from)}),
    mails as materialized (select status, bounced_at, complained_at from ${newest("report_deliveries", from)}),
    stale as (
      select count(*)::int as n, min(least(marked_at, ${now.toISOString()}::timestamptz)) as at from site.stale_hours
    ),
    letters as (select count(*)::int as n, min(at) as at from site.dead_letters where replayed_at is null)
    select pg_database_size(current_database())::float8 as bytes,
      to_regclass('public.pg_stat_statements') is not null as "hasStatements",
      count(*)::int as bodies, coalesce(sum(received), 0)::int as received, coalesce(sum(stored), 0)::int as stored,
      coalesce(sum(duplicate), 0)::int as duplicate, coalesce(sum(bot), 0)::int as bot,
      coalesce(sum(rejected), 0)::int as rejected, coalesce(sum(dead_lettered), 0)::int as "deadLettered",
      coalesce((
        select json_agg(json_build_array(lag, n) order by lag)
        from (select lag, count(*)::int as n from taken where lag is not null group by lag) as l
      ), '[]') as lags,
      (select n from letters) as "waitingLetters", (select ${iso("at")} from letters) as "oldestLetterAt",
      (select n from stale) as "staleHours", (select ${iso("at")} from stale) as "oldestStaleAt",
      coalesce((
        select json_object_agg(status, n) from (select status, count(*)::int as n from orders group by status) as o
      ), '{}') as reports,
      coalesce((
        select json_object_agg(status, n) from (select status, count(*)::int as n from mails group by status) as m
      ), '{}') as mails,
      (select count(*)::int from mails where bounced_at is not null) as bounced,
      (select count(*)::int from mails where complained_at is not null) as complained
    from taken`;
}

/** The rows created since `from`: ids grow with time, so the newest that is older says where they begin. */
function newest(table: "reports" | "report_deliveries", from: Date): SQL {
  const name = sql.raw(`site.${table}`);
  const since = sql`${from.toISOString()}::timestamptz`;
  return sql`(
    select * from ${name}
    where created_at >= ${since}
      and id > coalesce((select o.id from ${name} o where o.created_at < ${since} order by o.id desc limit 1), 0)
  ) as newest`;
}

const iso = (column: string) =>
  sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
