import { ingestMessage } from "#contract/ingest-message.ts";
import { buryMessage } from "#usecases/ingest/bury-message.ts";
import type { JobsDeps } from "./jobs-deps.ts";
import { retryDelaySeconds } from "./retry-delay.ts";

/**
 * Messages that the queue gave up on: kept whole in the dead-letter table, counted in the ledger. What cannot even be
 * read belongs to no site; it is written to the log and to R2, and nothing is thrown away unseen.
 */
export async function buryEvents(deps: JobsDeps, batch: MessageBatch): Promise<void> {
  for (const source of batch.messages) {
    try {
      // One at a time: there are few, and one that fails must not hold up the next.
      // oxlint-disable-next-line no-await-in-loop
      await bury(deps, source);
      source.ack();
    } catch (error) {
      const kind = error instanceof Error ? error.name : "unknown";
      deps.log("error", "dead_letter_retried", { messageId: source.id, error: kind });
      source.retry({ delaySeconds: retryDelaySeconds(source.attempts) });
    }
  }
}

async function bury(deps: JobsDeps, source: Message): Promise<void> {
  const parsed = ingestMessage.safeParse(source.body);
  if (!parsed.success) {
    await deps.spilled.keepUnreadable(source.id, source.body);
    return;
  }
  const db = deps.databases.named(parsed.data.database);
  await buryMessage({ db, clock: deps.clock }, parsed.data, "retries_exhausted");
}
