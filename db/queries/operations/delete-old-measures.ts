import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Minutes and runs of crons are kept for 30 days, hours and kinds of errors that come no more for 400. */
export async function deleteOldMeasures(control: Database, now: Date): Promise<void> {
  const minutesBefore = sql`${now.toISOString()}::timestamptz - interval '30 days'`;
  const hoursBefore = sql`${now.toISOString()}::timestamptz - interval '400 days'`;
  await control.batch([
    control.execute(sql`delete from control.request_minutes where minute < ${minutesBefore}`),
    control.execute(sql`delete from control.counter_minutes where minute < ${minutesBefore}`),
    control.execute(sql`delete from control.cron_runs where started_at < ${minutesBefore}`),
    control.execute(sql`delete from control.request_hours where hour < ${hoursBefore}`),
    control.execute(sql`delete from control.error_groups where last_seen_at < ${hoursBefore}`),
    // Longer than a queue can bring a report again.
    control.execute(
      sql`delete from control.meter_reports where report_id < site.uuid7_floor(${minutesBefore})`,
    ),
  ]);
}
