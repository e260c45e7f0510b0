import type { IngestMessage } from "#contract/ingest-message.ts";

/** The second durable place, for when the queue refuses: objects in R2 that a cron puts back on the queue. */
export type EventSpill = { keep(message: IngestMessage): Promise<void> };

/** The part of an `R2Bucket` binding that is used. */
export type SpillBucket = {
  put(key: string, value: string, options: { httpMetadata: { contentType: string } }): Promise<unknown>;
};

export const SPILL_PREFIX = "spill/";

/** `spill/<utc hour>/<receipt id>.json`: a retried receipt lands on the same key, an old hour is listed first. */
export function spillKey(message: Pick<IngestMessage, "receiptId" | "receivedAt">): string {
  const utcHour = new Date(message.receivedAt).toISOString().slice(0, "2026-01-01T00".length);
  return `${SPILL_PREFIX}${utcHour}/${message.receiptId}.json`;
}

export function eventSpill(bucket: SpillBucket): EventSpill {
  return {
    async keep(message) {
      const httpMetadata = { contentType: "application/json" };
      await bucket.put(spillKey(message), JSON.stringify(message), { httpMetadata });
    },
  };
}
