import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type CronRun = {
  task: string;
  startedAt: Date;
  finishedAt: Date;
  isOk: boolean;
  /** The error's name; null when it went well. */
  error: string | null;
};

/** Keeps what the tasks of a cron have done. */
export async function addCronRuns(control: Database, runs: readonly CronRun[]): Promise<void> {
  const json = JSON.stringify(
    runs.map(({ task, startedAt, finishedAt, isOk, error }) => ({
      t: task,
      s: startedAt.toISOString(),
      f: finishedAt.toISOString(),
      o: isOk,
      e: error,
    })),
  );
  await control.execute(sql`
    insert into control.cron_runs (task, started_at, finished_at, is_ok, error)
    select b.t, b.s, b.f, b.o, b.e
    from jsonb_to_recordset(${json}::jsonb) as b (t text, s timestamptz, f timestamptz, o boolean, e text)
    on conflict (task, started_at) do nothing`);
}
