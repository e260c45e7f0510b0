import { sql } from "drizzle-orm";

import type { WorkerName } from "#core/operations/measures.ts";
import type { Database } from "#db/database.ts";

export type RequestGroup = {
  worker: WorkerName;
  route: string;
  method: string;
  status: number;
  code: string | null;
  requests: number;
  /** Of the latency histogram (`core/operations/latency-histogram`). */
  pairs: [number, number][];
};

export type RequestSpan = {
  from: Date;
  to: Date;
  /** What the sums are read from; `from` is the start of one. */
  unit: "minute" | "hour";
};

/** Requests within [from, to) by all that tells them apart, with the histogram of each. */
export async function sumRequests(
  control: Database,
  { from, to, unit }: RequestSpan,
): Promise<RequestGroup[]> {
  const table = sql.raw(unit === "minute" ? "request_minutes" : "request_hours");
  const { rows } = await control.execute<RequestGroup>(sql`
    with summed as (
      select worker, route, method, status, code, u.bucket, sum(u.n)::int as n
      from control.${table} cross join unnest(buckets, counts) as u (bucket, n)
      where ${sql.raw(unit)} >= ${from.toISOString()}::timestamptz and ${sql.raw(unit)} < ${to.toISOString()}::timestamptz
      group by worker, route, method, status, code, u.bucket
    )
    select worker, route, method, status, nullif(code, '') as code, sum(n)::int as requests,
      json_agg(json_build_array(bucket, n) order by bucket) as pairs
    from summed
    group by worker, route, method, status, summed.code
    order by sum(n) desc, worker, route, method, status, summed.code`);
  return rows;
}

export type RequestPoint = { at: string; requests: number; errors: number };

/** What collect and the api answered, by steps of so many seconds; a step without requests is missing. */
export async function listRequestPoints(
  control: Database,
  { from, to, unit, stepSeconds }: RequestSpan & { stepSeconds: number },
): Promise<RequestPoint[]> {
  const table = sql.raw(unit === "minute" ? "request_minutes" : "request_hours");
  const { rows } = await control.execute<RequestPoint>(sql`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, requests, errors
    from (
      select date_bin(make_interval(secs => ${stepSeconds}::int), ${sql.raw(unit)}, ${from.toISOString()}::timestamptz) as at,
        sum(requests)::int as requests, coalesce(sum(requests) filter (where status >= 500), 0)::int as errors
      from control.${table}
      where ${sql.raw(unit)} >= ${from.toISOString()}::timestamptz and ${sql.raw(unit)} < ${to.toISOString()}::timestamptz
        and worker in ('collect', 'api')
      group by 1
    ) as steps
    order by steps.at`);
  return rows;
}
