import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type FailedReports = {
  accountId: number;
  reports: number;
  mails: number;
  latest: { reportId: string; title: string; reason: string } | null;
};

/**
 * Reports of a database that could not be built, and mails of reports that could not be sent, of the last 24 hours, by
 * account. A mail is given up after a day, so mails are looked for from two days back. Who unsubscribed or never agreed
 * is no failure. What was deleted, or sent again by a person, is over.
 */
export async function measureFailedReports(db: Database, at: Date): Promise<FailedReports[]> {
  const { rows } = await db.execute<FailedReports>(failedReports(at));
  return rows;
}

/** The statement. */
export function failedReports(at: Date): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql`
    with failed as (
      select r.account_id, true as is_report, r.public_id, r.title, coalesce(r.failure, 'No reason is known') as reason,
        r.created_at, r.id
      from site.reports r
      where r.status = 'failed' and r.created_at > ${now} - interval '1 day' and r.created_at <= ${now}
        and r.deleted_at is null
      union all
      select d.account_id, false, r.public_id, r.title, coalesce(d.failure, 'Nobody can say whether it was sent'),
        d.created_at, d.id
      from site.report_deliveries d join site.reports r on r.id = d.report_id
      where d.status in ('failed', 'unknown') and d.created_at > ${now} - interval '2 days' and d.created_at <= ${now}
        and coalesce(d.failure_kind, '') not in ('unsubscribed', 'deleted', 'not_built', 'not_confirmed')
        and r.deleted_at is null
    )
    select account_id as "accountId", (count(*) filter (where is_report))::int as reports,
      (count(*) filter (where not is_report))::int as mails,
      (array_agg(json_build_object('reportId', public_id, 'title', title, 'reason', reason)
        order by created_at desc, id desc))[1] as latest
    from failed group by account_id`;
}
