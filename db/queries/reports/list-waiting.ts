import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type Waiting = { reportIds: string[]; deliveryIds: string[] };

/** Public ids of reports that are not built, and of mails of built ones that are not settled, asked for before then. */
export async function listWaiting(db: Database, before: Date, limit: number): Promise<Waiting> {
  const at = before.toISOString();
  const [reports, deliveries] = await db.batch([
    db.execute<{ public_id: string }>(sql`
      select public_id from site.reports
      where status = 'pending' and deleted_at is null and created_at < ${at}::timestamptz
      order by id limit ${limit}`),
    db.execute<{ public_id: string }>(sql`
      select d.public_id from site.report_deliveries d join site.reports r on r.id = d.report_id
      where d.status = 'pending' and r.status = 'ready' and d.created_at < ${at}::timestamptz
      order by d.id limit ${limit}`),
  ]);
  return {
    reportIds: reports.rows.map((row) => row.public_id),
    deliveryIds: deliveries.rows.map((row) => row.public_id),
  };
}
