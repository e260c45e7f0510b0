import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Of more it is said that there are more. */
const COUNTED_LETTERS = 1_000;

export type WaitingLetters = {
  letters: number;
  isMore: boolean;
  most: { reason: string; letters: number } | null;
};

/** Dead letters of a database that wait, a thousand of them at most, and the reason that most of them have. */
export async function countWaitingLetters(db: Database): Promise<WaitingLetters> {
  const { rows } = await db.execute<{ reason: string; letters: number }>(sql`
    select reason, count(*)::int as letters
    from (
      select reason from site.dead_letters where replayed_at is null order by id limit ${COUNTED_LETTERS + 1}
    ) as waiting
    group by reason order by letters desc, reason`);
  const letters = rows.reduce((sum, row) => sum + row.letters, 0);
  const [most = null] = rows;
  return { letters: Math.min(letters, COUNTED_LETTERS), isMore: letters > COUNTED_LETTERS, most };
}

export type StoredLag = {
  /** When the newest body came to collect that is stored, of all sites; null: none in a day. */
  newestReceivedMs: number | null;
  /** Of bodies that were stored in the last ten minutes, each site's newest: the longest time from collect to here. */
  lagMs: number | null;
};

/** How far ingest of a database is behind: one look into the key of receipts for each site. */
export async function measureStoredLag(db: Database, at: Date): Promise<StoredLag> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const { rows } = await db.execute<StoredLag>(sql`
    select (extract(epoch from max(newest.received_at)) * 1000)::float8 as "newestReceivedMs",
      (extract(epoch from max(newest.stored_at - newest.received_at)
        filter (where newest.stored_at > ${now} - interval '10 minutes')) * 1000)::float8 as "lagMs"
    from site.sites s
    cross join lateral (
      select r.stored_at, uuid_extract_timestamp(r.receipt_id) as received_at
      from site.receipts r where r.site_id = s.id order by r.receipt_id desc limit 1
    ) as newest
    where newest.received_at > ${now} - interval '1 day' and newest.stored_at <= ${now}`);
  return rows[0] ?? { newestReceivedMs: null, lagMs: null };
}

/**
 * The first minute since an instant in which collect took bodies, as epoch ms; null when it took none. Control database.
 */
export async function firstAcceptedSince(
  control: Database,
  { since, until }: { since: Date; until: Date },
): Promise<number | null> {
  const { rows } = await control.execute<{ ms: number | null }>(sql`
    select (extract(epoch from min(minute)) * 1000)::float8 as ms from control.counter_minutes
    where worker = 'collect' and name = 'bodies_accepted' and value > 0
      and minute > ${since.toISOString()}::timestamptz and minute <= ${until.toISOString()}::timestamptz`);
  return rows[0]?.ms ?? null;
}

export type RouteTime = { method: string; route: string; pairs: [number, number][] };

/** Histograms of the routes of one Worker in some minutes, those first that took most of the time. Control database. */
export async function readRouteTimes(
  control: Database,
  { worker, from, to }: { worker: string; from: Date; to: Date },
): Promise<RouteTime[]> {
  const { rows } = await control.execute<RouteTime>(sql`
    select method, route, json_agg(json_build_array(bucket, n) order by bucket) as pairs
    from (
      select m.method, m.route, u.bucket, sum(u.n)::int as n
      from control.request_minutes m cross join unnest(m.buckets, m.counts) as u (bucket, n)
      where m.worker = ${worker} and m.minute >= ${from.toISOString()}::timestamptz
        and m.minute < ${to.toISOString()}::timestamptz
      group by 1, 2, 3
    ) as summed
    group by method, route order by sum(n * pow(1.0202, bucket)) desc limit 5`);
  return rows;
}
