import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type EventMonth = {
  /** `events_2024_10` */
  name: string;
  /** `detaching`: an earlier run was broken off while it waited for readers. */
  state: "attached" | "detaching" | "detached";
};

/** Months of ids that lie wholly before this instant, the oldest first. Reads the catalogue only. */
export async function listEventMonths(db: Database, before: Date): Promise<EventMonth[]> {
  const { rows } = await db.execute<{ name: string; state: EventMonth["state"] }>(sql`
    select c.relname as name,
      case when i.inhrelid is null then 'detached' when i.inhdetachpending then 'detaching' else 'attached' end as state
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'site'
    left join pg_inherits i on i.inhrelid = c.oid
    where c.relkind = 'r' and c.relname ~ '^events_[0-9]{4}_[0-9]{2}$'
      and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::timestamp at time zone 'UTC'
        <= ${before.toISOString()}::timestamptz
    order by 1`);
  return rows;
}

/**
 * Whether the month is to go: it is empty, or holds an event that occurred before its site's closed seal or is of a site
 * that is gone. One that holds only what occurred later stays.
 */
export async function isMonthDue(db: Database, month: EventMonth): Promise<boolean> {
  const { rows } = await db.execute<{ is_due: boolean }>(sql`
    select not exists (select from ${tableOf(month)}) or exists (
      select from ${tableOf(month)} e left join site.sites t on t.id = e.site_id
      where t.id is null or e.occurred_at < t.raw_since) as is_due`);
  return rows[0]?.is_due ?? false;
}

/**
 * Takes the month out of `events` without keeping anybody waiting: ingest and readers go on. By itself, not in a batch:
 * Postgres forbids it inside a transaction.
 */
export async function detachMonth(db: Database, month: EventMonth): Promise<void> {
  const how = month.state === "detaching" ? sql`finalize` : sql`concurrently`;
  await db.execute(sql`alter table site.events detach partition ${tableOf(month)} ${how}`);
}

/**
 * Ends a detached month in one transaction: counts its expired events by site, keeps the few that occurred after the
 * seal in a partition of their own, drops the rest. Answers how many went; 0 when it was done before.
 */
export async function expireDetached(db: Database, month: EventMonth): Promise<number> {
  const { rows } = await db.execute<{ gone: string }>(
    sql`select site.expire_detached_events(${month.name}) as gone`,
  );
  return Number(rows[0]?.gone ?? 0);
}

function tableOf({ name }: EventMonth) {
  return sql`${sql.identifier("site")}.${sql.identifier(name)}`;
}
