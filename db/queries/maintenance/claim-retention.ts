import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type RetentionState = {
  months: number;
  /** Epoch ms; null before anything was sealed. */
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
  const { rows } = await db.execute<{
    months: number;
    sealed_month: string | null;
    sealed_at: string | null;
  }>(sql`
    update site.retention set leased_until = ${new Date(now.getTime() + leaseMs).toISOString()}::timestamptz
    where leased_until is null or leased_until < ${now.toISOString()}::timestamptz
    returning months, extract(epoch from sealed_month) * 1000 as sealed_month,
      extract(epoch from sealed_at) * 1000 as sealed_at`);
  const [row] = rows;
  if (!row) return null;
  return {
    months: row.months,
    sealedMonthMs: row.sealed_month === null ? null : Number(row.sealed_month),
    sealedAtMs: row.sealed_at === null ? null : Number(row.sealed_at),
  };
}

export async function releaseRetention(db: Database): Promise<void> {
  await db.execute(sql`update site.retention set leased_until = null`);
}
