import type { IngestMessage } from "#contract/ingest-message.ts";
import { QUEUE_MESSAGE_VERSION, type QueueMessage } from "#contract/queue-message.ts";
import { shardOf } from "#core/events/shard-of.ts";
import type { StackBench } from "./stack-site.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";

export type Backlog = {
  siteId: number;
  eventsABody: number;
  /** Of each queue, full ones: a batch that is not full would wait for a second to fill. */
  batchesAShard: number;
};

const SHARDS = 4;
export const MESSAGES_A_BATCH = 100;
/** What requests of an isolate share under load, by the collect bench, rounded down. */
export const BODIES_A_MESSAGE = 3;
const EVENTS_A_VISITOR = 6;
const MAX_SEND_BYTES = 200_000;

/** How many events such a backlog holds. */
export function eventsOf({ eventsABody, batchesAShard }: Omit<Backlog, "siteId">): number {
  return SHARDS * batchesAShard * MESSAGES_A_BATCH * BODIES_A_MESSAGE * eventsABody;
}

/** One event a queue, which its consumer takes on and cannot finish while what it needs is locked. */
export async function plugQueues(stage: StackBench, siteId: number): Promise<number> {
  const send = await sender(stage);
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const { bodies } = bodiesOfShard({ siteId, eventsABody: 1, shard, count: 1 });
    await send(shard, [groupOf(bodies)]);
  }
  return SHARDS;
}

/** Puts bodies on the queues in the groups that collect would make of them, a visitor's into their own shard. */
export async function fillQueues(stage: StackBench, backlog: Backlog): Promise<void> {
  const send = await sender(stage);
  const count = backlog.batchesAShard * MESSAGES_A_BATCH * BODIES_A_MESSAGE;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const { bodies } = bodiesOfShard({ ...backlog, shard, count });
    const groups: QueueMessage[] = [];
    for (let at = 0; at < count; at += BODIES_A_MESSAGE) {
      groups.push(groupOf(bodies.slice(at, at + BODIES_A_MESSAGE)));
    }
    const perSend = Math.max(1, Math.floor(MAX_SEND_BYTES / JSON.stringify(groups[0]).length));
    for (let at = 0; at < groups.length; at += Math.min(perSend, MESSAGES_A_BATCH)) {
      await send(shard, groups.slice(at, at + Math.min(perSend, MESSAGES_A_BATCH)));
    }
  }
}

type QueueBinding = { sendBatch(messages: { body: QueueMessage; contentType: "json" }[]): Promise<unknown> };

async function sender({ stack }: StackBench) {
  const bindings = await stack.workers.bindings("collect");
  return async (shard: number, groups: readonly QueueMessage[]): Promise<void> => {
    const queue = bindings[`EVENTS_${shard}`] as QueueBinding;
    await queue.sendBatch(groups.map((body) => ({ body, contentType: "json" })));
  };
}

function groupOf(bodies: IngestMessage[]): QueueMessage {
  return { v: QUEUE_MESSAGE_VERSION, bodies };
}

type OfShard = { siteId: number; eventsABody: number; shard: number; count: number };

/** Page views, six of a visitor a second apart; bodies of the shard's own visitors. */
function bodiesOfShard({ siteId, eventsABody, shard, count }: OfShard): { bodies: IngestMessage[] } {
  const nowMs = Date.now();
  const bodies: IngestMessage[] = [];
  let visitor = "";
  for (let n = 0, seen = EVENTS_A_VISITOR; n < count; n += 1, seen += eventsABody) {
    if (seen >= EVENTS_A_VISITOR) {
      do visitor = visitorId();
      while (shardOf(siteId, visitor, SHARDS) !== shard);
      seen = 0;
    }
    const events = Array.from({ length: eventsABody }, (_, index) => ({
      type: "pageview" as const,
      at: nowMs - (EVENTS_A_VISITOR + eventsABody - seen - index) * 1_000,
      url: `https://shop.example/products/category-${n % 40}/a-product-of-some-length-${(n + index) % 2_000}`,
    }));
    bodies.push(ingestMessage({ siteId, visitor, receivedAt: nowMs, events }));
  }
  return { bodies };
}
