import * as z from "zod/mini";

import { instant } from "./primitives.ts";

export const MONITORING_RANGES = ["1h", "24h", "7d"] as const;

/** `GET /admin/monitoring` */
export const monitoringQuery = z.object({ range: z._default(z.enum(MONITORING_RANGES), "1h") });
export type MonitoringRange = (typeof MONITORING_RANGES)[number];

const worker = z.enum(["collect", "api", "jobs"]);
const count = z.number();
/** Milliseconds. Null: nothing was measured. */
const ms = z.nullable(z.number());
/** 0 to 1. Null: nothing to divide by. */
const share = z.nullable(z.number());

/** Of the merged histogram of all isolates, with a relative error of 1 %. */
const latency = z.object({ p50: ms, p95: ms, p99: ms });

const requestSums = z.object({
  requests: count,
  /** Answered with 5xx. */
  errors: count,
  errorRate: share,
  latency,
});

/** Requests that collect and the api answered, and the batches of queues that jobs has done. */
const requests = z.object({
  /** Of collect and the api together. */
  total: requestSums,
  workers: z.array(z.extend(requestSums, { worker })),
  /** The most frequent first. `route` is the pattern of the route, or the queue. */
  routes: z.array(z.extend(requestSums, { worker, route: z.string(), method: z.string() })),
  /** Of collect and the api, step by step; a step without requests is not among them. */
  points: z.array(z.object({ at: instant, requests: count, errors: count })),
  /** What was refused or failed, of collect and the api, by status and code: 4xx and 5xx. */
  refused: z.array(z.object({ worker, status: count, code: z.nullable(z.string()), requests: count })),
});

const ingest = z.object({
  /** From receipts, exact: bodies taken up within the range, and what became of their events. */
  bodies: count,
  received: count,
  stored: count,
  duplicate: count,
  bot: count,
  rejected: count,
  deadLettered: count,
  /** Seconds from collect's receiving a body until it is stored; null without any. */
  lag: z.nullable(z.object({ bodies: count, p50: z.number(), p95: z.number(), p99: z.number() })),
});

const queues = z.object({
  /** Bodies that collect answered with 2xx, and bodies that jobs has taken up, within the range. */
  accepted: count,
  taken: count,
  /** Of the last 24 hours: accepted and not taken up yet. Null: neither was counted. */
  waiting: z.nullable(count),
  spilled: count,
  lostEvents: count,
  retried: count,
  buried: count,
  /** Since when the oldest body waits in storage. */
  oldestSpilledAt: z.nullable(instant),
});

const statement = z.object({ text: z.string(), calls: count, meanMs: z.number(), totalMs: z.number() });

/** `isUp` false: it did not answer, and none of the figures counts it. */
const monitoredDatabase = z.object({
  name: z.string(),
  isUp: z.boolean(),
  bytes: z.nullable(count),
  /** By the time they take in all; null: the database has no pg_stat_statements. */
  slowest: z.nullable(z.array(statement)),
});

const cron = z.object({
  task: z.string(),
  /** Within the range. */
  runs: count,
  failures: count,
  longestMs: ms,
  lastMs: ms,
  lastStartedAt: z.nullable(instant),
  lastSuccessAt: z.nullable(instant),
  /** The error's name, when the last run failed. */
  lastError: z.nullable(z.string()),
});

export const errorGroup = z.object({
  fingerprint: z.string(),
  worker,
  event: z.string(),
  name: z.string(),
  message: z.string(),
  sampleRequestId: z.nullable(z.string()),
  firstSeenAt: instant,
  lastSeenAt: instant,
  /** Since it was first seen. */
  count,
});
export type ErrorGroup = z.infer<typeof errorGroup>;

export const monitoring = z.object({
  range: z.enum(MONITORING_RANGES),
  /** [from, to): `to` is the end of the minute that runs. */
  from: instant,
  to: instant,
  asOf: instant,
  stepSeconds: count,
  requests,
  /** People whose sign-in was in use within the range; noted every ten minutes. */
  activeUsers: count,
  ingest,
  queues,
  /** Bodies that could not be stored and wait for a person. */
  deadLetters: z.object({ waiting: count, oldestAt: z.nullable(instant) }),
  /** Hours whose sums wait to be made anew. */
  rollup: z.object({
    waitingHours: count,
    oldestAt: z.nullable(instant),
    lagSeconds: z.nullable(count),
    lastSuccessAt: z.nullable(instant),
  }),
  /** Of those ordered within the range. */
  reports: z.object({ ready: count, failed: count, skipped: count, pending: count }),
  mails: z.object({
    sent: count,
    failed: count,
    unknown: count,
    waiting: count,
    bounced: count,
    complained: count,
  }),
  cache: z.object({
    isUp: z.boolean(),
    hits: count,
    misses: count,
    stale: count,
    /** Answered without the cache because it did not answer. */
    down: count,
    hitRate: share,
  }),
  databases: z.array(monitoredDatabase),
  crons: z.array(cron),
  /** Those last seen within the range, the newest first; 50 at the most. */
  errors: z.array(errorGroup),
});
export type Monitoring = z.infer<typeof monitoring>;
export type MonitoredRequests = z.infer<typeof requests>;
export type MonitoredCron = z.infer<typeof cron>;
export type MonitoredDatabase = z.infer<typeof monitoredDatabase>;
