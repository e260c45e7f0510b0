import type { MeterReport } from "#contract/meter-report.ts";
import { addLatency, histogramPairs, type LatencyHistogram } from "#core/operations/latency-histogram.ts";
import type { CounterName, FailureMeasure, RequestMeasure, WorkerName } from "#core/operations/measures.ts";
import { scrubText } from "#core/operations/scrub-text.ts";
import type { Clock } from "./clock.ts";
import type { Ids } from "./ids.ts";

/** What an isolate notes about itself, and nobody waits for. */
export type Meter = {
  request(measure: Omit<RequestMeasure, "worker">): void;
  count(name: CounterName, by?: number): void;
  failure(measure: Omit<FailureMeasure, "worker">): void;
};

/** What the requests of an isolate have noted and no report has told yet. Plain values: no I/O of one reaches another. */
export type MeterTally = {
  requests: Map<string, RequestSum>;
  counters: Map<string, CounterSum>;
  failures: Map<string, FailureSum>;
  gatheringSinceMs: number;
};

type RequestSum = Omit<RequestMeasure, "worker" | "ms"> & { minuteMs: number; histogram: LatencyHistogram };
type CounterSum = { minuteMs: number; name: CounterName; value: number };
type FailureSum = Omit<FailureMeasure, "worker"> & { firstMs: number; lastMs: number; count: number };

/** Made once per isolate. */
export function meterTally(): MeterTally {
  return { requests: new Map(), counters: new Map(), failures: new Map(), gatheringSinceMs: -Infinity };
}

export type MeterDeps = {
  worker: WorkerName;
  tally: MeterTally;
  clock: Clock;
  ids: Pick<Ids, "uuid7">;
  /** Hands a report on; what it throws is told by `lost`, and no request fails of it. */
  tell(report: MeterReport): Promise<unknown>;
  lost(facts: { requests: number; error: string }): void;
  pauseMs(ms: number): Promise<void>;
  /** Lets work go on after the answer. */
  defer(work: Promise<unknown>): void;
};

const MINUTE_MS = 60_000;
const GATHER_MS = 2_000;
/** Longer than a request may go on after its answer: whoever gathered has died, and the next one takes over. */
const GIVEN_UP_MS = 40_000;
/** Bounds on memory and on the message of a report, which may have 128 kB. What does not fit is counted as `other`. */
const MOST_REQUEST_SUMS = 300;
const MOST_FAILURES = 50;
/** As HTTP has them, and what jobs does; a client may send any other word. */
const METHODS: ReadonlySet<string> = new Set("GET HEAD POST PUT PATCH DELETE OPTIONS QUEUE CRON".split(" "));

/**
 * Measures of one request, gathered in the isolate's memory and told after the answer: by one report for all that an
 * isolate notes within two seconds. What an evicted isolate held is not counted, so these figures are approximate.
 */
export function isolateMeter(deps: MeterDeps): Meter {
  return {
    request(measure) {
      noteRequest(deps, measure);
      gather(deps);
    },
    count(name, by = 1) {
      if (by === 0) return;
      const minuteMs = minuteOf(deps);
      const key = `${minuteMs} ${name}`;
      const sum = deps.tally.counters.get(key);
      deps.tally.counters.set(key, { minuteMs, name, value: (sum?.value ?? 0) + by });
      gather(deps);
    },
    failure(measure) {
      noteFailure(deps, measure);
      gather(deps);
    },
  };
}

function noteRequest({ tally, clock }: MeterDeps, { ms, ...measure }: Omit<RequestMeasure, "worker">): void {
  const method = METHODS.has(measure.method) ? measure.method : "OTHER";
  const minuteMs = minuteOf({ clock });
  const keyOf = (route: string) => `${minuteMs} ${method} ${measure.status} ${measure.code ?? ""} ${route}`;
  const isKept = tally.requests.has(keyOf(measure.route)) || tally.requests.size < MOST_REQUEST_SUMS;
  const route = isKept ? measure.route : "other";
  const sum = tally.requests.get(keyOf(route)) ?? {
    ...measure,
    method,
    route,
    minuteMs,
    histogram: new Map<number, number>(),
  };
  addLatency(sum.histogram, ms);
  tally.requests.set(keyOf(route), sum);
}

function noteFailure({ tally, clock }: MeterDeps, measure: Omit<FailureMeasure, "worker">): void {
  const atMs = clock.now().getTime();
  const { event, requestId } = measure;
  const kind = { event, name: scrubText(measure.name), message: scrubText(measure.message) };
  const isKept = tally.failures.has(keyOf(kind)) || tally.failures.size < MOST_FAILURES;
  const counted = isKept ? kind : OTHER_FAILURE;
  const sum = tally.failures.get(keyOf(counted));
  tally.failures.set(keyOf(counted), {
    ...counted,
    requestId: requestId ?? sum?.requestId ?? null,
    firstMs: sum?.firstMs ?? atMs,
    lastMs: atMs,
    count: (sum?.count ?? 0) + 1,
  });
}

const OTHER_FAILURE = { event: "other", name: "other", message: "other" } as const;

function keyOf({ event, name, message }: Pick<FailureMeasure, "event" | "name" | "message">): string {
  return `${event} ${name} ${message}`;
}

function minuteOf({ clock }: Pick<MeterDeps, "clock">): number {
  return Math.floor(clock.now().getTime() / MINUTE_MS) * MINUTE_MS;
}

function gather(deps: MeterDeps): void {
  const nowMs = deps.clock.now().getTime();
  if (nowMs - deps.tally.gatheringSinceMs < GIVEN_UP_MS) return;
  deps.tally.gatheringSinceMs = nowMs;
  deps.defer(tellLater(deps));
}

async function tellLater(deps: MeterDeps): Promise<void> {
  await deps.pauseMs(GATHER_MS);
  const report = takeReport(deps);
  try {
    await deps.tell(report);
  } catch (error) {
    const requests = report.requests.reduce((sum, { buckets }) => sum + countOf(buckets), 0);
    deps.lost({ requests, error: error instanceof Error ? error.name : "unknown" });
  }
}

function countOf(buckets: readonly (readonly [number, number])[]): number {
  return buckets.reduce((sum, [, count]) => sum + count, 0);
}

/** All that was noted until now; the next note begins anew. */
function takeReport({ tally, clock, ids, worker }: MeterDeps): MeterReport {
  const report: MeterReport = {
    reportId: ids.uuid7(clock.now()),
    worker,
    requests: [...tally.requests.values()].map(({ histogram, ...sum }) => ({
      ...sum,
      buckets: histogramPairs(histogram),
    })),
    counters: [...tally.counters.values()],
    failures: [...tally.failures.values()],
  };
  tally.requests.clear();
  tally.counters.clear();
  tally.failures.clear();
  tally.gatheringSinceMs = -Infinity;
  return report;
}
