import type { JobsDeps } from "./jobs-deps.ts";
import { isMeterReport } from "./is-meter-report.ts";

/** Does the messages of a batch; answers how many of them come again. */
export type ConsumeBatch = (deps: JobsDeps, batch: MessageBatch) => Promise<number>;

/**
 * Measures a batch like a request: 200 when all of it was done, 503 when some of it comes again. What is nothing but reports
 * of measures is not measured itself: it would never end.
 */
export async function measureBatch(
  deps: JobsDeps,
  batch: MessageBatch,
  consume: ConsumeBatch,
): Promise<void> {
  if (batch.messages.every(({ body }) => isMeterReport(body))) {
    await consume(deps, batch);
    return;
  }
  const startedMs = deps.clock.now().getTime();
  const retried = await consume(deps, batch);
  deps.meter.count("messages_retried", retried);
  deps.meter.request({
    route: batch.queue,
    method: "QUEUE",
    status: retried === 0 ? 200 : 503,
    code: retried === 0 ? null : "retried",
    ms: deps.clock.now().getTime() - startedMs,
  });
}
