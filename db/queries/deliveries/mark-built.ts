import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * Has a ready report's mails wait to be sent. Answers the public ids of those that no attempt has begun, in the order of
 * the recipients: a second call answers them again, so that a run after a crash can ask for them.
 */
export async function markDeliveriesBuilt(
  db: Database,
  { reportId, at }: { reportId: number; at: Date },
): Promise<string[]> {
  const { rows } = await db.execute<{ public_id: string }>(sql`
    with built as (
      update site.report_deliveries set status = 'built', next_attempt_at = ${at.toISOString()}::timestamptz
      where report_id = ${reportId} and status = 'pending'
      returning id, public_id
    )
    select public_id from (
      select id, public_id from built
      union all
      select id, public_id from site.report_deliveries
      where report_id = ${reportId} and status = 'built' and attempts = 0
    ) waiting order by id`);
  return rows.map((row) => row.public_id);
}

/** Reports that ended otherwise than ready end their mails: one statement for all of a database, harmless twice. */
export async function settleOrphans(db: Database): Promise<void> {
  await db.execute(sql`
    update site.report_deliveries d
    set status = 'failed', next_attempt_at = null,
      failure_kind = case when r.deleted_at is not null then 'deleted' else 'not_built' end,
      failure = case when r.deleted_at is not null then 'The report was deleted before it was sent'
        when r.status = 'skipped' then 'Nothing happened in its days: there was nothing to send'
        else 'The report could not be built' end
    from site.reports r
    where r.id = d.report_id and d.status = 'pending' and d.attempts = 0
      and (r.status in ('failed', 'skipped') or r.deleted_at is not null)`);
}

/**
 * Mails that are due and that nobody may have asked for: of reports that are ready, not asked for since `before`.
 * They are taken as asked for at `at`, so that the next run leaves them to the queue. Public ids, the longest waiting
 * first.
 */
export async function claimDue(
  db: Database,
  { before, at, limit }: { before: Date; at: Date; limit: number },
): Promise<string[]> {
  const { rows } = await db.execute<{ public_id: string }>(sql`
    with due as (
      (select d.id, d.next_attempt_at as due_at from site.report_deliveries d
      where d.status = 'built' and d.next_attempt_at < ${before.toISOString()}::timestamptz
      order by d.next_attempt_at limit ${limit})
      union all
      (select d.id, r.ready_at as due_at from site.report_deliveries d join site.reports r on r.id = d.report_id
      where d.status = 'pending' and r.status = 'ready' and r.ready_at < ${before.toISOString()}::timestamptz
      order by r.ready_at limit ${limit})
    )
    update site.report_deliveries d set status = 'built', next_attempt_at = ${at.toISOString()}::timestamptz
    from (select id, min(due_at) as due_at from due group by id order by min(due_at) limit ${limit}) due
    where d.id = due.id and d.status in ('pending', 'built')
    returning d.public_id`);
  return rows.map((row) => row.public_id);
}
