import type { MeterReport } from "#contract/meter-report.ts";

/** Where errors are told of beside the log; they were scrubbed before. */
export type ErrorTracker = {
  /** The errors of a report. Throws when the tracker does not take them. */
  tell(report: Pick<MeterReport, "reportId" | "worker" | "failures">): Promise<void>;
};

export type SentryEnv = { STAGE: string; SENTRY_DSN?: string };

const PATIENCE_MS = 5_000;

/**
 * Sentry, when `SENTRY_DSN` names a project; null without. Its client is loaded with the first error and not before, and
 * hears of nothing by itself: it is handed what the meter has gathered, of all Workers.
 */
export function sentryTracker({ SENTRY_DSN: dsn, STAGE: environment }: SentryEnv): ErrorTracker | null {
  if (!dsn) return null;
  return {
    async tell({ reportId, worker, failures }) {
      const { CloudflareClient, createTransport } = await import("@sentry/cloudflare");
      const answered: (number | undefined)[] = [];
      const client = new CloudflareClient({
        dsn,
        environment,
        integrations: [],
        stackParser: () => [],
        transport: (options) =>
          createTransport(options, async ({ body }) => {
            const signal = AbortSignal.timeout(PATIENCE_MS);
            const { status: statusCode } = await fetch(options.url, {
              method: "POST",
              body: bytesOf(body),
              signal,
            });
            answered.push(statusCode);
            return { statusCode };
          }),
      });
      for (const [index, failure] of failures.entries())
        client.captureEvent(eventOf({ reportId, worker, failure, index }));
      await client.flush(PATIENCE_MS);
      client.dispose();
      const taken = answered.filter((status) => status !== undefined && status < 400).length;
      if (taken < failures.length) throw new Error(`Sentry took ${taken} of ${failures.length} errors`);
    },
  };
}

/** A copy, whose type says that no other thread shares it. */
function bytesOf(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? body : new Uint8Array(body);
}

type Told = Pick<MeterReport, "reportId" | "worker"> & {
  failure: MeterReport["failures"][number];
  index: number;
};

type SentryEvent = {
  event_id: string;
  level: "error";
  timestamp: number;
  exception: { values: { type: string; value: string }[] };
  fingerprint: string[];
  tags: Record<string, string | number>;
};

function eventOf({ reportId, worker, failure, index }: Told): SentryEvent {
  const { event, name, message, requestId, lastMs, count } = failure;
  return {
    // The same when the report is told again: Sentry keeps one of them.
    event_id: `${reportId.replaceAll("-", "").slice(0, 30)}${index.toString(16).padStart(2, "0")}`,
    level: "error",
    timestamp: lastMs / 1_000,
    exception: { values: [{ type: name, value: message }] },
    fingerprint: [worker, event, name, message],
    tags: { worker, event, count, ...(requestId === null ? {} : { request_id: requestId }) },
  };
}
