import type { QueueMessage } from "#contract/queue-message.ts";

/** The second durable place, for when the queue refuses: objects in R2 that a cron ingests. */
export type EventSpill = { keep(message: QueueMessage): Promise<void> };

/** The part of an `R2Bucket` binding that is used. */
export type SpillBucket = {
  put(key: string, value: string, options: { httpMetadata: { contentType: string } }): Promise<unknown>;
};

export function eventSpill(bucket: SpillBucket): EventSpill {
  return {
    async keep(message) {
      const httpMetadata = { contentType: "application/json" };
      await bucket.put(spillKey(message), JSON.stringify(message), { httpMetadata });
    },
  };
}

/** `spill/<utc hour>/<receipt id of the first body>.json`: an old hour is listed first. */
function spillKey({ bodies: [first] }: QueueMessage): string {
  if (first === undefined) throw new Error("A group without a body cannot be spilled");
  const utcHour = new Date(first.receivedAt).toISOString().slice(0, "2026-01-01T00".length);
  return `spill/${utcHour}/${first.receiptId}.json`;
}
