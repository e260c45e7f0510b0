import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Epoch ms. */
export type RetentionState = {
  /** Raw events are kept from this UTC month on: whole months go, so the oldest kept is up to a month older than asked. */
  keptSinceMs: number;
  /** Null before anything was sealed. */
  sealedMonthMs: number | null;
  sealedAtMs: number | null;
};

/**
 * Takes the retention of this database for this run and answers how far it has come; null while another run has it. A
 * run that died gives it back when its lease ends.
 */
export async function claimRetention(
  db: Database,
  { now, leaseMs }: { now: Date; leaseMs: number },
): Promise<RetentionState | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await db.execute<Record<"kept_since" | "sealed_month" | "sealed_at", string | null>>(sql`
    update site.retention set leased_until = ${new Date(now.getTime() + leaseMs).toISOString()}::timestamptz
    where leased_until is null or leased_until < ${at}
    returning extract(epoch from (date_trunc('month', ${at} at time zone 'UTC')
        - make_interval(months => months)) at time zone 'UTC') * 1000 as kept_since,
      extract(epoch from sealed_month) * 1000 as sealed_month, extract(epoch from sealed_at) * 1000 as sealed_at`);
  const [row] = rows;
  if (!row) return null;
  return {
    keptSinceMs: Number(row.kept_since),
    sealedMonthMs: row.sealed_month === null ? null : Number(row.sealed_month),
    sealedAtMs: row.sealed_at === null ? null : Number(row.sealed_at),
  };
}

export async function releaseRetention(db: Database): Promise<void> {
  await db.execute(sql`update site.retention set leased_until = null`);
}
