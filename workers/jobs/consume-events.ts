import { ingestMessage, type IngestMessage } from "#contract/ingest-message.ts";
import { ingestAtHome, type SitesByDatabase } from "#usecases/ingest/ingest-at-home.ts";
import { UNKNOWN_SITE } from "#usecases/ingest/ingest-events.ts";
import type { JobsDeps } from "./jobs-deps.ts";
import { retryDelaySeconds } from "./retry-delay.ts";

/** One per isolate. */
const sites: SitesByDatabase = new Map();

type Parsed = { source: Message; message: IngestMessage };

/**
 * Ingests a batch, database by database. A message is acknowledged after its transaction has committed and never
 * before: what cannot be stored now comes again, later each time. A message that no version of ours wrote is left to
 * the dead-letter queue.
 */
export async function consumeEvents(deps: JobsDeps, batch: MessageBatch): Promise<void> {
  const byDatabase = new Map<string, Parsed[]>();
  for (const source of batch.messages) {
    const parsed = ingestMessage.safeParse(source.body);
    if (!parsed.success) {
      deps.log("error", "message_unreadable", {
        queue: batch.queue,
        messageId: source.id,
        attempts: source.attempts,
      });
      source.retry({ delaySeconds: retryDelaySeconds(source.attempts) });
      continue;
    }
    const group = byDatabase.get(parsed.data.database) ?? [];
    group.push({ source, message: parsed.data });
    byDatabase.set(parsed.data.database, group);
  }
  await Promise.all([...byDatabase].map(async ([name, group]) => await ingestGroup(deps, name, group)));
}

async function ingestGroup(deps: JobsDeps, name: string, group: readonly Parsed[]): Promise<void> {
  try {
    const outcome = await ingestAtHome(
      { databases: deps.databases, clock: deps.clock, sites },
      name,
      group.map(({ message }) => message),
    );
    for (const { receiptId, reason } of outcome.deadLetters) {
      deps.log("error", "message_dead_lettered", { database: name, receiptId, reason });
      const stray = group.find(({ message }) => message.receiptId === receiptId);
      // There are hardly ever any, and the batch is acknowledged only when all of them are kept.
      // oxlint-disable-next-line no-await-in-loop
      if (reason === UNKNOWN_SITE) await deps.spilled.keepUnreadable(receiptId, stray?.source.body);
    }
    for (const { source } of group) source.ack();
  } catch (error) {
    // The one place where ingest's bugs and outages meet the queue; the error's text may hold a visitor's data.
    const kind = error instanceof Error ? error.name : "unknown";
    deps.log("warn", "ingest_retried", { database: name, messages: group.length, error: kind });
    for (const { source } of group) source.retry({ delaySeconds: retryDelaySeconds(source.attempts) });
  }
}
