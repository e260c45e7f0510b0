import { sql, type SQL } from "drizzle-orm";

import type { WorkerName } from "#core/operations/measures.ts";
import type { LatencyHistogram } from "#core/operations/latency-histogram.ts";
import type { Database } from "#db/database.ts";

export type RequestWindow = {
  /** [from, to), in whole minutes. */
  from: Date;
  to: Date;
  /** Those of these Workers only; absent: of those that answer people, collect and the api. */
  workers?: readonly WorkerName[];
  /** Of this route only, by its pattern. */
  route?: string;
};

export type RequestWindowSums = {
  requests: number;
  /** Answered with 5xx. */
  errors: number;
  /** Of all of them, in milliseconds (`latencyQuantile` reads it). */
  histogram: LatencyHistogram;
  /** What was answered with 5xx, the most frequent first; ten at the most. */
  failed: FailedRequests[];
};

export type FailedRequests = {
  worker: WorkerName;
  route: string;
  method: string;
  status: number;
  code: string | null;
  requests: number;
};

const ANSWERING: readonly WorkerName[] = ["collect", "api"];

/** Requests, errors and latencies of some minutes, of all isolates together. */
export async function readRequestWindow(
  control: Database,
  window: RequestWindow,
): Promise<RequestWindowSums> {
  const within = withinWindow(window);
  const { rows } = await control.execute<{
    requests: number;
    errors: number;
    pairs: [number, number][] | null;
    failed: FailedRequests[] | null;
  }>(sql`
    with wanted as materialized (select * from control.request_minutes where ${within})
    select
      coalesce(sum(requests), 0)::int as requests,
      coalesce(sum(requests) filter (where status >= 500), 0)::int as errors,
      (
        select json_agg(json_build_array(bucket, n) order by bucket)
        from (
          select u.bucket, sum(u.n)::int as n from wanted cross join unnest(buckets, counts) as u (bucket, n)
          group by u.bucket
        ) as merged
      ) as pairs,
      (
        select json_agg(failed)
        from (
          select worker, route, method, status, nullif(code, '') as code, sum(requests)::int as requests
          from wanted where status >= 500
          group by worker, route, method, status, code
          order by sum(requests) desc, route, method, status limit 10
        ) as failed
      ) as failed
    from wanted`);
  const row = rows[0];
  return {
    requests: row?.requests ?? 0,
    errors: row?.errors ?? 0,
    histogram: new Map(row?.pairs),
    failed: row?.failed ?? [],
  };
}

function withinWindow({ from, to, workers = ANSWERING, route }: RequestWindow): SQL {
  const names = JSON.stringify(workers);
  return sql`minute >= ${from.toISOString()}::timestamptz and minute < ${to.toISOString()}::timestamptz
    and worker in (select jsonb_array_elements_text(${names}::jsonb))
    ${route === undefined ? sql`` : sql`and route = ${route}`}`;
}
