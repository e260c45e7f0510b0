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

export type CronSummary = {
  task: string;
  /** Within the range. */
  runs: number;
  failures: number;
  longestMs: number | null;
  lastMs: number | null;
  lastStartedAt: string | null;
  lastSuccessAt: string | null;
  /** Of the last run, if it failed. */
  lastError: string | null;
};

/** Every task that has run in the last 30 days, with its runs since an instant. Its key is walked task by task. */
export async function summariseCrons(control: Database, since: Date): Promise<CronSummary[]> {
  const { rows } = await control.execute<CronSummary>(sql`
    with recursive tasks as (
      (select task from control.cron_runs order by task limit 1)
      union all
      select (select r.task from control.cron_runs r where r.task > t.task order by r.task limit 1)
      from tasks t where t.task is not null
    )
    select t.task, w.runs, w.failures, w.longest as "longestMs",
      round(extract(epoch from l.finished_at - l.started_at) * 1000)::float8 as "lastMs",
      ${iso("l.started_at")} as "lastStartedAt", ${iso("s.finished_at")} as "lastSuccessAt", l.error as "lastError"
    from tasks t
    cross join lateral (
      select count(*)::int as runs, count(*) filter (where not is_ok)::int as failures,
        round(max(extract(epoch from finished_at - started_at)) * 1000)::float8 as longest
      from control.cron_runs r where r.task = t.task and r.started_at >= ${since.toISOString()}::timestamptz
    ) as w
    left join lateral (
      select * from control.cron_runs r where r.task = t.task order by r.started_at desc limit 1
    ) as l on true
    left join lateral (
      select * from control.cron_runs r where r.task = t.task and r.is_ok order by r.started_at desc limit 1
    ) as s on true
    where t.task is not null
    order by t.task`);
  return rows;
}

const iso = (column: string) =>
  sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
