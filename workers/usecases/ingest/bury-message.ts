import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { storeDeadLetter } from "#db/queries/ingest/store-dead-letter.ts";
import type { Clock } from "#platform/clock.ts";

/** Keeps a body that cannot be ingested as a dead letter, and counts its events as such. Harmless twice. */
export async function buryMessage(
  deps: { db: Database; clock: Clock },
  message: IngestMessage,
  reason: string,
): Promise<void> {
  await storeDeadLetter(deps.db, {
    siteId: message.siteId,
    receiptId: message.receiptId,
    receivedAt: new Date(message.receivedAt),
    received: message.received,
    reason,
    message,
    at: deps.clock.now(),
  });
}
