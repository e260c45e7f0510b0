import type { IngestMessage } from "#contract/ingest-message.ts";
import { readQueueMessage } from "#contract/queue-message.ts";
import { ingestAtHome, type SitesByDatabase } from "#usecases/ingest/ingest-at-home.ts";
import { UNKNOWN_SITE } from "#usecases/ingest/ingest-events.ts";
import { LAG_LIMIT_SECONDS } from "#usecases/tracking-health/watch-ingest-lag.ts";
import type { JobsDeps } from "./jobs-deps.ts";
import { retryDelaySeconds } from "./retry-delay.ts";

/** One per isolate. */
const sites: SitesByDatabase = new Map();

/**
 * Ingests a batch, database by database. A message is acknowledged after the transactions of all its bodies have
 * committed and never before: what cannot be stored now comes again, later each time, and what of it was stored is
 * harmless twice by its receipt. A message that holds what no version of ours wrote is left to the dead-letter queue.
 * Answers how many come again.
 */
export async function consumeEvents(deps: JobsDeps, batch: MessageBatch): Promise<number> {
  const byDatabase = new Map<string, IngestMessage[]>();
  const read = batch.messages.map((source) => ({ source, ...readQueueMessage(source.body) }));
  for (const body of read.flatMap(({ bodies }) => bodies)) {
    const group = byDatabase.get(body.database) ?? [];
    group.push(body);
    byDatabase.set(body.database, group);
  }
  const outcomes = await Promise.all(
    [...byDatabase].map(async ([name, group]) => ({ name, isStored: await isIngested(deps, name, group) })),
  );
  const stored = new Set(outcomes.filter(({ isStored }) => isStored).map(({ name }) => name));

  let retried = 0;
  for (const { source, bodies, unreadable } of read) {
    if (unreadable.length > 0) {
      const { id: messageId, attempts } = source;
      deps.log("error", "message_unreadable", { queue: batch.queue, messageId, attempts });
    }
    if (unreadable.length === 0 && bodies.every(({ database }) => stored.has(database))) source.ack();
    else {
      source.retry({ delaySeconds: retryDelaySeconds(source.attempts) });
      retried += 1;
    }
  }
  return retried;
}

/** As the minute's cron does of what waits elsewhere: only a consumer sees how old a queue's messages are. */
function tellLag(deps: JobsDeps, database: string, group: readonly IngestMessage[]): void {
  const oldestMs = group.reduce((least, { receivedAt }) => Math.min(least, receivedAt), Infinity);
  const seconds = Math.round((deps.clock.now().getTime() - oldestMs) / 1_000);
  if (seconds > LAG_LIMIT_SECONDS) deps.log("warn", "ingest_lagging", { waits: "queue", database, seconds });
}

async function isIngested(deps: JobsDeps, name: string, group: readonly IngestMessage[]): Promise<boolean> {
  try {
    const outcome = await ingestAtHome({ databases: deps.databases, clock: deps.clock, sites }, name, group);
    deps.meter.count("bodies_taken", outcome.receipts.length + outcome.deadLetters.length);
    for (const { receiptId, reason } of outcome.deadLetters) {
      const stray = group.find((body) => body.receiptId === receiptId);
      const requestId = stray?.requestId ?? null;
      deps.log("error", "message_dead_lettered", { database: name, receiptId, requestId, reason });
      // There are hardly ever any, and the batch is acknowledged only when all of them are kept.
      // oxlint-disable-next-line no-await-in-loop
      if (reason === UNKNOWN_SITE) await deps.spilled.keepUnreadable(receiptId, stray);
    }
    tellLag(deps, name, group);
    return true;
  } catch (error) {
    // The one place where ingest's bugs and outages meet the queue; the error's text may hold a visitor's data.
    const kind = error instanceof Error ? error.name : "unknown";
    // Of the first of them: each is in the message of its request.
    const requestId = group[0]?.requestId ?? null;
    deps.log("warn", "ingest_retried", { database: name, bodies: group.length, requestId, error: kind });
    return false;
  }
}
