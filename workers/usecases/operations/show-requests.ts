import type { MonitoredRequests } from "#contract/monitoring.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { latencyQuantile, mergeHistograms } from "#core/operations/latency-histogram.ts";
import type { WorkerName } from "#core/operations/measures.ts";
import type { RequestGroup } from "#db/queries/operations/request-sums.ts";

const WORKERS: readonly WorkerName[] = ["collect", "api", "jobs"];

type RequestSums = MonitoredRequests["total"];

/** Sums by all that people want to know them by; percentiles are those of merged histograms, never of averages. */
export function showRequests(groups: readonly RequestGroup[]): Omit<MonitoredRequests, "points"> {
  const answered = groups.filter(({ worker }) => worker !== "jobs");
  return {
    total: sumsOf(answered),
    workers: WORKERS.flatMap((worker) => {
      const theirs = groups.filter((group) => group.worker === worker);
      return theirs.length === 0 ? [] : [{ worker, ...sumsOf(theirs) }];
    }),
    routes: [...groupRows(groups, ({ worker, method, route }) => `${worker} ${method} ${route}`).values()]
      .flatMap((theirs) => {
        const [first] = theirs;
        return first === undefined
          ? []
          : [{ worker: first.worker, route: first.route, method: first.method, ...sumsOf(theirs) }];
      })
      .toSorted((a, b) => b.requests - a.requests),
    refused: refusedOf(answered),
  };
}

function sumsOf(groups: readonly RequestGroup[]): RequestSums {
  const requests = sum(groups);
  const errors = sum(groups.filter(({ status }) => status >= 500));
  const histogram = mergeHistograms(groups.map(({ pairs }) => pairs));
  return {
    requests,
    errors,
    errorRate: requests === 0 ? null : errors / requests,
    latency: {
      p50: latencyQuantile(histogram, 0.5),
      p95: latencyQuantile(histogram, 0.95),
      p99: latencyQuantile(histogram, 0.99),
    },
  };
}

function refusedOf(groups: readonly RequestGroup[]): MonitoredRequests["refused"] {
  const refused = groups.filter(({ status }) => status >= 400);
  return [...groupRows(refused, ({ worker, status, code }) => `${worker} ${status} ${code ?? ""}`).values()]
    .flatMap((theirs) => {
      const [first] = theirs;
      if (first === undefined) return [];
      const { worker, status, code } = first;
      return [{ worker, status, code, requests: sum(theirs) }];
    })
    .toSorted((a, b) => b.requests - a.requests);
}

function sum(groups: readonly RequestGroup[]): number {
  return groups.reduce((total, { requests }) => total + requests, 0);
}
