/** Who measures. `jobs` answers no requests: its routes are queues and crons. */
export type WorkerName = "collect" | "api" | "jobs";

/** What is counted beside requests, per minute and Worker. */
export const COUNTER_NAMES = [
  "cache_hit",
  "cache_miss",
  "cache_stale",
  /** Answered from the isolate's memory, or not cached at all, because the cache did not answer. */
  "cache_down",
  /** Bodies that collect has put into durable hands, each a receipt. */
  "bodies_accepted",
  /** Bodies that went to storage because the queue refused. */
  "bodies_spilled",
  "events_lost",
  /** Of queues: bodies whose batch was stored, messages that are tried again, and those given up. */
  "bodies_taken",
  "messages_retried",
  "messages_buried",
] as const;
export type CounterName = (typeof COUNTER_NAMES)[number];

/** One request, message batch or cron task, after it was answered. */
export type RequestMeasure = {
  worker: WorkerName;
  /** The pattern (`/api/v1/sites/:siteId`), never the path: a path names people's things, and there is no end of them. */
  route: string;
  method: string;
  status: number;
  /** Of the problem that was answered; null: none. */
  code: string | null;
  /** From the request's arrival until its answer begins. Timers of a Worker advance at I/O only: waiting, not computing. */
  ms: number;
};

/** An error, for whoever runs the installation. Scrubbed before it is kept. */
export type FailureMeasure = {
  worker: WorkerName;
  /** What the log calls it, as `cron_task_failed`. */
  event: string;
  /** The error's name. */
  name: string;
  message: string;
  requestId: string | null;
};
