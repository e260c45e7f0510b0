import type { Monitoring, MonitoringRange } from "#contract/monitoring.ts";
import { monitoringWindow } from "#core/operations/monitoring-window.ts";

const at = (nowMs: number, secondsAgo: number) => new Date(nowMs - secondsAgo * 1_000).toISOString();

const sums = (requests: number, errors: number, [p50, p95, p99]: [number, number, number]) => ({
  requests,
  errors,
  errorRate: requests === 0 ? null : errors / requests,
  latency: { p50, p95, p99 },
});

/** An installation that runs, with a fault here and there. */
export function demoMonitoring(range: MonitoringRange, nowMs: number): Monitoring {
  const { fromMs, toMs, stepSeconds } = monitoringWindow(range, nowMs);
  const count = Math.ceil((toMs - fromMs) / 1_000 / stepSeconds);
  const points = Array.from({ length: count }, (_, index) => ({
    at: new Date(fromMs + index * stepSeconds * 1_000).toISOString(),
    requests: Math.round(
      (900 + 500 * Math.sin(index / 9) + 120 * Math.sin(index * 2.7)) * (stepSeconds / 60),
    ),
    errors: index % 23 === 11 ? 34 * (stepSeconds / 60) : 0,
  }));
  return {
    range,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    asOf: new Date(nowMs).toISOString(),
    stepSeconds,
    requests: { ...demoRequests(), points },
    activeUsers: 17,
    ingest: {
      bodies: 41_208,
      received: 96_412,
      stored: 91_730,
      duplicate: 2_104,
      bot: 2_391,
      rejected: 186,
      deadLettered: 1,
      lag: { bodies: 41_208, p50: 1.3, p95: 2.9, p99: 7.4 },
    },
    queues: {
      accepted: 41_230,
      taken: 41_209,
      waiting: 21,
      spilled: 0,
      lostEvents: 0,
      retried: 3,
      buried: 0,
      oldestSpilledAt: null,
    },
    deadLetters: { waiting: 1, oldestAt: at(nowMs, 3_000) },
    rollup: { waitingHours: 4, oldestAt: at(nowMs, 41), lagSeconds: 41, lastSuccessAt: at(nowMs, 32) },
    reports: { ready: 38, failed: 1, skipped: 2, pending: 1 },
    mails: { sent: 112, failed: 1, unknown: 0, waiting: 4, bounced: 2, complained: 0 },
    cache: { isUp: true, hits: 8_412, misses: 1_090, stale: 220, down: 0, hitRate: 0.888 },
    databases: demoDatabases(),
    crons: demoCrons(nowMs),
    errors: demoErrors(nowMs),
  };
}

function demoRequests(): Omit<Monitoring["requests"], "points"> {
  return {
    total: sums(54_120, 68, [4, 62, 210]),
    workers: [
      { worker: "collect", ...sums(42_010, 0, [3, 11, 29]) },
      { worker: "api", ...sums(12_110, 68, [22, 140, 480]) },
      { worker: "jobs", ...sums(3_320, 3, [41, 96, 230]) },
    ],
    routes: [
      { worker: "collect", method: "POST", route: "/e", ...sums(40_100, 0, [3, 10, 27]) },
      {
        worker: "api",
        method: "GET",
        route: "/api/v1/sites/:siteId/analytics",
        ...sums(6_400, 12, [31, 160, 520]),
      },
      { worker: "jobs", method: "QUEUE", route: "waymark-events-0", ...sums(3_320, 3, [41, 96, 230]) },
      { worker: "collect", method: "GET", route: "/r/:slug", ...sums(1_910, 0, [4, 14, 33]) },
      {
        worker: "api",
        method: "GET",
        route: "/api/v1/sites/:siteId/attribution",
        ...sums(1_220, 56, [88, 910, 2_400]),
      },
    ],
    refused: [
      { worker: "collect", status: 404, code: "unknown_site", requests: 212 },
      { worker: "api", status: 503, code: "temporarily_unavailable", requests: 66 },
      { worker: "api", status: 401, code: "not_signed_in", requests: 41 },
      { worker: "api", status: 500, code: "internal_error", requests: 2 },
    ],
  };
}

function demoDatabases(): Monitoring["databases"] {
  const text =
    "with taken as materialized ( select r.* from site.sites t cross join lateral ( select received, stored from site.receipts where site_id = t.id and receipt_id >= $1 ) as r ) select count(*) from taken";
  return [
    {
      name: "main",
      isUp: true,
      bytes: 4_812_000_000,
      slowest: [
        { text, calls: 812, meanMs: 41.3, totalMs: 33_535 },
        {
          text: "insert into site.receipts (site_id, receipt_id) values ($1, $2)",
          calls: 3_320,
          meanMs: 6.1,
          totalMs: 20_252,
        },
      ],
    },
    { name: "eu", isUp: true, bytes: 612_000_000, slowest: null },
  ];
}

function demoCrons(nowMs: number): Monitoring["crons"] {
  const task = (name: string, lastMs: number, lastError: string | null = null) => ({
    task: name,
    runs: 60,
    failures: lastError === null ? 0 : 3,
    longestMs: lastMs * 4,
    lastMs,
    lastStartedAt: at(nowMs, 34),
    lastSuccessAt: at(nowMs, lastError === null ? 33 : 4_000),
    lastError,
  });
  return [
    task("fetch_rates", 812, "TypeError"),
    task("replay_spill", 14),
    task("roll_up", 640),
    task("run_schedules", 38),
  ];
}

function demoErrors(nowMs: number): Monitoring["errors"] {
  return [
    {
      fingerprint: "a1",
      worker: "api",
      event: "dependency_down",
      name: "NeonDbError",
      message: "",
      sampleRequestId: "req_0f3c2b1a0f3c2b1a0f3c2b1a0f3c2b1a",
      firstSeenAt: at(nowMs, 400_000),
      lastSeenAt: at(nowMs, 310),
      count: 66,
    },
    {
      fingerprint: "b2",
      worker: "api",
      event: "bug",
      name: "TypeError",
      message: "Cannot read properties of undefined (reading [quoted])",
      sampleRequestId: "req_77aa2b1a0f3c2b1a0f3c2b1a0f3c2b1a",
      firstSeenAt: at(nowMs, 2_000),
      lastSeenAt: at(nowMs, 1_100),
      count: 2,
    },
  ];
}
