import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * Queries for whoever runs the installation: they cross all sites of a database, which no other query may. A page
 * walks the primary key, or the index of what waits, and is bounded by its limit.
 */

export type DeadLetterFilter = {
  /** Public id of a site; null for all. */
  sitePublicId: string | null;
  reason: string | null;
  state: "waiting" | "replayed" | null;
};

export type DeadLetterRow = {
  id: number;
  sitePublicId: string | null;
  siteName: string | null;
  receiptId: string;
  reason: string;
  events: number;
  at: string;
  attempts: number;
  lastTriedAt: string | null;
  replayedAt: string | null;
};

/** A letter with its body; null once it was replayed. */
export type WholeDeadLetter = DeadLetterRow & { message: unknown };

/** A page of letters below an id, newest first. */
export async function listDeadLetters(
  db: Database,
  wanted: DeadLetterFilter & { beforeId: number | null; limit: number },
): Promise<DeadLetterRow[]> {
  const conditions = conditionsOf(wanted);
  if (wanted.beforeId !== null) conditions.push(sql`d.id < ${wanted.beforeId}`);
  const { rows } = await db.execute<RawRow>(sql`
    select ${columns} ${from} where ${sql.join(conditions, sql` and `)} order by d.id desc limit ${wanted.limit}`);
  return rows.map(rowOf);
}

/** One letter with its body; null when there is none. */
export async function selectDeadLetter(db: Database, id: number): Promise<WholeDeadLetter | null> {
  const { rows } = await db.execute<RawRow & { message: unknown }>(sql`
    select ${columns}, d.message ${from} where d.id = ${id}`);
  const [row] = rows;
  return row ? { ...rowOf(row), message: row.message } : null;
}

export type WaitingLetter = { id: number; receiptId: string; message: unknown };

/** The letters of these ids that wait for a replay. */
export async function selectWaitingLetters(db: Database, ids: readonly number[]): Promise<WaitingLetter[]> {
  return await waiting(db, {
    conditions: [
      sql`d.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint))`,
    ],
    limit: ids.length,
  });
}

/** Letters that wait and fit, oldest first, above an id. */
export async function listWaitingLetters(
  db: Database,
  wanted: Omit<DeadLetterFilter, "state"> & { afterId: number; limit: number },
): Promise<WaitingLetter[]> {
  const conditions = [...conditionsOf({ ...wanted, state: null }), sql`d.id > ${wanted.afterId}`];
  return await waiting(db, { conditions, limit: wanted.limit });
}

type Waiting = { conditions: readonly SQL[]; limit: number };

async function waiting(db: Database, { conditions, limit }: Waiting): Promise<WaitingLetter[]> {
  const { rows } = await db.execute<{ id: string; receipt_id: string; message: unknown }>(sql`
    select d.id, d.receipt_id, d.message from site.dead_letters d
    where d.replayed_at is null and ${sql.join([...conditions], sql` and `)}
    order by d.id limit ${limit}`);
  return rows.map(({ id, receipt_id: receiptId, message }) => ({ id: Number(id), receiptId, message }));
}

/** What became of a replay: null when the body is stored, else the reason for which it still is not. */
export type ReplayOutcome = { id: number; reason: string | null };

/**
 * Notes what became of replays. A body that is stored is no longer kept here. The ledger needs nothing from this: its
 * count moved in the transaction that stored the events, so that this may be lost and done again.
 */
export async function settleDeadLetters(
  db: Database,
  { outcomes, at }: { outcomes: readonly ReplayOutcome[]; at: Date },
): Promise<void> {
  const json = JSON.stringify(outcomes.map(({ id, reason }) => ({ id, reason })));
  await db.execute(sql`
    update site.dead_letters d
    set attempts = d.attempts + 1, last_tried_at = ${at.toISOString()}::timestamptz,
      reason = coalesce(o.reason, d.reason),
      replayed_at = case when o.reason is null then ${at.toISOString()}::timestamptz end,
      message = case when o.reason is null then 'null'::jsonb else d.message end
    from jsonb_to_recordset(${json}::jsonb) as o (id bigint, reason text)
    where d.id = o.id and d.replayed_at is null`);
}

const isoOf = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const columns = sql`
  d.id, s.public_id as site_public_id, s.name as site_name, d.receipt_id, d.reason,
  coalesce(r.received, (d.message ->> 'received')::int, 0) as events, ${isoOf(sql`d.at`)} as at, d.attempts,
  ${isoOf(sql`d.last_tried_at`)} as last_tried_at, ${isoOf(sql`d.replayed_at`)} as replayed_at`;

const from = sql`
  from site.dead_letters d
  left join site.sites s on s.id = d.site_id
  left join site.receipts r on r.site_id = d.site_id and r.receipt_id = d.receipt_id`;

function conditionsOf({ sitePublicId, reason, state }: DeadLetterFilter): SQL[] {
  const conditions = [sql`true`];
  if (sitePublicId !== null)
    conditions.push(sql`d.site_id = (select x.id from site.sites x where x.public_id = ${sitePublicId})`);
  if (reason !== null) conditions.push(sql`d.reason = ${reason}`);
  if (state !== null)
    conditions.push(state === "waiting" ? sql`d.replayed_at is null` : sql`d.replayed_at is not null`);
  return conditions;
}

type RawRow = {
  id: string;
  site_public_id: string | null;
  site_name: string | null;
  receipt_id: string;
  reason: string;
  events: number;
  at: string;
  attempts: number;
  last_tried_at: string | null;
  replayed_at: string | null;
};

function rowOf(row: RawRow): DeadLetterRow {
  return {
    id: Number(row.id),
    sitePublicId: row.site_public_id,
    siteName: row.site_name,
    receiptId: row.receipt_id,
    reason: row.reason,
    events: row.events,
    at: row.at,
    attempts: row.attempts,
    lastTriedAt: row.last_tried_at,
    replayedAt: row.replayed_at,
  };
}
