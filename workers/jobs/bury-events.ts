import { readQueueMessage } from "#contract/queue-message.ts";
import type { JobsDeps } from "./jobs-deps.ts";
import { retryDelaySeconds } from "./retry-delay.ts";

/**
 * Messages that the queue gave up on after all its retries, which take hours: Postgres was away for longer than a queue
 * waits. They go to storage, and the minute's cron ingests them when it can; what the data itself makes impossible
 * becomes a dead letter there. A message that nothing can read is kept for a person. Nothing is thrown away. Answers how
 * many come again.
 */
export async function buryEvents(deps: JobsDeps, batch: MessageBatch): Promise<number> {
  const isDone = await Promise.all(batch.messages.map(async (source) => await buryOne(deps, source)));
  return isDone.filter((one) => !one).length;
}

async function buryOne(deps: JobsDeps, source: Message): Promise<boolean> {
  const [first] = readQueueMessage(source.body).bodies;
  try {
    // Whole, with whatever in it nothing can read: the cron takes it apart.
    if (first) await deps.spilled.keep(`given-up/${first.receiptId}`, source.body);
    else await deps.spilled.keepUnreadable(source.id, source.body);
    deps.log("warn", "message_put_aside", { messageId: source.id, isReadable: first !== undefined });
    source.ack();
    deps.meter.count("messages_buried");
    return true;
  } catch (error) {
    const kind = error instanceof Error ? error.name : "unknown";
    deps.log("error", "put_aside_retried", { messageId: source.id, error: kind });
    source.retry({ delaySeconds: retryDelaySeconds(source.attempts) });
    return false;
  }
}
