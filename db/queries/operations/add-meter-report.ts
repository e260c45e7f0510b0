import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** `core/operations/latency-histogram`'s pairs, in milliseconds. */
type Pairs = readonly (readonly [number, number])[];

export type MeterSums = {
  reportId: string;
  worker: string;
  requests: readonly {
    minuteMs: number;
    route: string;
    method: string;
    status: number;
    code: string | null;
    buckets: Pairs;
  }[];
  counters: readonly { minuteMs: number; name: string; value: number }[];
  failures: readonly {
    event: string;
    name: string;
    message: string;
    requestId: string | null;
    firstMs: number;
    lastMs: number;
    count: number;
  }[];
};

/**
 * Adds a report to the minutes, hours and groups of errors it belongs to, once: a report that is known adds nothing, and
 * is answered by false. One statement, whose rows are written in order so that two reports do not wait for each other.
 */
export async function addMeterReport(control: Database, report: MeterSums): Promise<boolean> {
  const { reportId, worker } = report;
  const { rows } = await control.execute<{ is_new: boolean }>(sql`
    with fresh as (
      insert into control.meter_reports (report_id) values (${reportId}::uuid) on conflict do nothing returning report_id
    ),
    requests as materialized (
      select to_timestamp(b.t / 1000.0) as minute, b.r as route, b.m as method, b.s as status, b.c as code,
        b.b as buckets, b.n as counts
      from fresh cross join jsonb_to_recordset(${requestRows(report)}::jsonb)
        as b (t bigint, r text, m text, s smallint, c text, b int[], n int[])
    ),
    minutes as (${addRequests("request_minutes", "minute", worker)}),
    hours as (${addRequests("request_hours", "hour", worker)}),
    counters as (
      insert into control.counter_minutes (minute, worker, name, value)
      select to_timestamp(b.t / 1000.0), ${worker}, b.k, sum(b.n)
      from fresh cross join jsonb_to_recordset(${counterRows(report)}::jsonb) as b (t bigint, k text, n bigint)
      group by 1, 3 order by 1, 3
      on conflict (minute, worker, name) do update set value = counter_minutes.value + excluded.value
    ),
    failures as (${addFailures(report)})
    select exists (select from fresh) as is_new`);
  return rows[0]?.is_new ?? false;
}

/** The rows of `requests` added to a table by minute or by hour. */
function addRequests(
  table: "request_minutes" | "request_hours",
  unit: "minute" | "hour",
  worker: string,
): SQL {
  const name = sql.raw(table);
  const column = sql.raw(unit);
  return sql`
      insert into control.${name} (${column}, worker, route, method, status, code, requests, buckets, counts)
      select at, ${worker}, route, method, status, code, sum(n)::int,
        array_agg(bucket order by bucket), array_agg(n order by bucket)
      from (
        select date_trunc(${unit}, minute, 'UTC') as at, route, method, status, code, u.bucket, sum(u.n)::int as n
        from requests cross join unnest(buckets, counts) as u (bucket, n)
        group by 1, 2, 3, 4, 5, 6
      ) as summed
      group by at, route, method, status, code order by at, route, method, status, code
      on conflict (${column}, worker, route, method, status, code) do update set
        requests = ${name}.requests + excluded.requests,
        (buckets, counts) = (
          select m.buckets, m.counts
          from control.merge_buckets(${name}.buckets, ${name}.counts, excluded.buckets, excluded.counts) as m)`;
}

function addFailures(report: MeterSums): SQL {
  const json = JSON.stringify(
    report.failures.map((one) => ({
      e: one.event,
      n: one.name,
      m: one.message,
      r: one.requestId,
      f: one.firstMs,
      l: one.lastMs,
      c: one.count,
    })),
  );
  return sql`
    insert into control.error_groups
      (fingerprint, worker, event, name, message, sample_request_id, first_seen_at, last_seen_at, count)
    select md5(concat_ws(E'\n', ${report.worker}::text, b.e, b.n, b.m)), ${report.worker}, b.e, b.n, b.m, max(b.r),
      to_timestamp(min(b.f) / 1000.0), to_timestamp(max(b.l) / 1000.0), sum(b.c)
    from fresh cross join jsonb_to_recordset(${json}::jsonb)
      as b (e text, n text, m text, r text, f bigint, l bigint, c bigint)
    group by b.e, b.n, b.m order by 1
    on conflict (fingerprint) do update set
      sample_request_id = coalesce(excluded.sample_request_id, error_groups.sample_request_id),
      first_seen_at = least(error_groups.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(error_groups.last_seen_at, excluded.last_seen_at),
      count = error_groups.count + excluded.count`;
}

function requestRows({ requests }: MeterSums): string {
  return JSON.stringify(
    requests.map(({ minuteMs, route, method, status, code, buckets }) => ({
      t: minuteMs,
      r: route,
      m: method,
      s: status,
      c: code ?? "",
      b: buckets.map(([bucket]) => bucket),
      n: buckets.map(([, count]) => count),
    })),
  );
}

function counterRows({ counters }: MeterSums): string {
  return JSON.stringify(counters.map(({ minuteMs, name, value }) => ({ t: minuteMs, k: name, n: value })));
}
