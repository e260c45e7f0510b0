import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type ExpiredFiles = { id: number; keys: string[]; runKey: string | null };

/**
 * Marks an account's reports that were ready before then as expired, so many a time, and answers what is still kept of
 * them: of one that was marked before, too, whose files are not yet gone.
 */
export async function expireReports(
  db: Database,
  { accountId, before, at, limit }: { accountId: number; before: Date; at: Date; limit: number },
): Promise<ExpiredFiles[]> {
  const { rows } = await db.execute<{ id: number; keys: string[]; run_key: string | null }>(sql`
    update site.reports r set expired_at = coalesce(r.expired_at, ${at.toISOString()}::timestamptz)
    where r.id in (
      select id from site.reports
      where account_id = ${accountId} and status = 'ready' and deleted_at is null and model_key is not null
        and ready_at < ${before.toISOString()}::timestamptz
      order by id limit ${limit})
    returning r.id, array_remove(array[r.model_key, r.pdf_key, r.csv_key, r.xlsx_key], null) as keys, r.run_key`);
  return rows.map(({ id, keys, run_key: runKey }) => ({ id, keys, runKey }));
}

/** Writes that nothing is kept of a report any more, nor of the run that it was made of. */
export async function forgetFiles(
  db: Database,
  { ids, at }: { ids: readonly number[]; at: Date },
): Promise<void> {
  await db.execute(sql`
    with forgotten as (
      update site.reports
      set model_key = null, pdf_key = null, csv_key = null, xlsx_key = null, run_key = null
      where id = any(${sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::int)`})
        and expired_at is not null
      returning id
    )
    update site.attribution_runs r set deleted_at = ${at.toISOString()}::timestamptz
    from forgotten where r.report_id = forgotten.id and r.deleted_at is null`);
}
