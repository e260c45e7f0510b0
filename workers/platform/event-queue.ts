import type { QueueMessage } from "#contract/queue-message.ts";

/** The event queues of Cloudflare: one producer binding a shard. A rejected promise means: not taken. */
export type EventQueue = {
  readonly shardCount: number;
  send(shard: number, message: QueueMessage): Promise<void>;
};

/** The part of a `Queue` binding that is used. */
export type QueueProducer = { send(body: unknown, options: { contentType: "json" }): Promise<unknown> };

/** The queues in the order of their shards. */
export function eventQueue(producers: readonly QueueProducer[]): EventQueue {
  if (producers.length === 0) throw new Error("No event queue is bound");
  return {
    shardCount: producers.length,
    async send(shard, message) {
      const producer = producers[shard];
      if (producer === undefined)
        throw new RangeError(`No event queue for shard ${shard} of ${producers.length}`);
      await producer.send(message, { contentType: "json" });
    },
  };
}

/**
 * `EVENTS_0` … `EVENTS_<shards − 1>` of a Worker's environment. A count that is none, or a binding that is missing, is a
 * deployment mistake: it throws.
 */
export function eventProducers(env: Readonly<Record<string, unknown>>, shards: string): QueueProducer[] {
  const count = Number(shards);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`EVENT_SHARDS is ${JSON.stringify(shards)}, but must be a whole number from 1 on`);
  }
  return Array.from({ length: count }, (_, shard) => {
    const binding = env[`EVENTS_${shard}`];
    if (!isProducer(binding)) throw new Error(`EVENT_SHARDS is ${count}, but EVENTS_${shard} is not bound`);
    return binding;
  });
}

function isProducer(binding: unknown): binding is QueueProducer {
  return typeof binding === "object" && binding !== null && "send" in binding;
}
