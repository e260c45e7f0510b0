import { setTimeout as pause } from "node:timers/promises";

export type QueueMessage = { id: string; body: unknown; attempts: number; timestamp: number };

/** What the consumer's runtime says of a batch. */
export type Outcome = {
  outcome: string;
  ackAll: boolean;
  retryBatch: { retry: boolean };
  retryMessages: readonly { msgId: string; delaySeconds?: number }[];
};

/** What is wrong with the queue now. */
export type QueueFaults = {
  /** The share of sends that it refuses. */
  refusing: number;
  /** Takes messages and delivers none. */
  isHolding: boolean;
  /** The newest first, each batch backwards, and to two consumers at the same time. */
  isTwiceAndReversed: boolean;
  /** Delivers, and never hears what became of it, so many times. */
  deafTimes: number;
};

/** As a producer hands it over; held back for so long. */
export type SentMessage = { body: unknown; delaySeconds?: number };

export type DurableQueue = {
  faults: QueueFaults;
  send(queue: string, messages: readonly SentMessage[]): void;
  /** Messages that no consumer has acknowledged. */
  readonly waiting: number;
  /** Batches that a consumer works on now. */
  readonly delivering: number;
  /** Deliveries that had to be made again. */
  readonly redelivered: number;
  stop(): Promise<void>;
};

export type Deliver = (queue: string, messages: readonly QueueMessage[]) => Promise<Outcome>;

const GATHER_MS = 100;
/** The product asks for minutes after many attempts; a test has not the time, and nothing depends on them. */
const LONGEST_DELAY_MS = 1_000;
const AFTER_CRASH_MS = 200;

/** As wrangler.toml has them for a queue. */
export type Consumer = { maxBatch: number; concurrency: number };

export class QueueRefuses extends Error {}

/**
 * A queue that outlives those who send and those who consume, as Cloudflare's does and the emulated one, which lives in
 * their process, does not. At least once, in any order: a message goes when its consumer has acknowledged it.
 */
export function createDurableQueue(deliver: Deliver, consumer: Partial<Consumer> = {}): DurableQueue {
  const { maxBatch, concurrency } = { maxBatch: 100, concurrency: 1, ...consumer };
  const faults: QueueFaults = { refusing: 0, isHolding: false, isTwiceAndReversed: false, deafTimes: 0 };
  const queues = new Map<string, QueueMessage[]>();
  const pumps: Promise<void>[] = [];
  let isOpen = true;
  let waiting = 0;
  let delivering = 0;
  let redelivered = 0;
  let sends = 0;
  let lastId = 0;

  const settle = (queue: QueueMessage[], batch: readonly QueueMessage[], outcome: Outcome | null): void => {
    const again = outcome === null ? everything(batch) : toRetry(batch, outcome);
    waiting -= batch.length - again.length;
    redelivered += again.length;
    for (const { message, delayMs } of again) {
      setTimeout(() => queue.push({ ...message, attempts: message.attempts + 1 }), delayMs).unref();
    }
  };
  const pump = async (name: string, queue: QueueMessage[]): Promise<void> => {
    while (isOpen) {
      await pause(GATHER_MS);
      if (faults.isHolding || queue.length === 0) continue;
      const batch = faults.isTwiceAndReversed ? queue.splice(-maxBatch).reverse() : queue.splice(0, maxBatch);
      const consumers = faults.isTwiceAndReversed ? 2 : 1;
      delivering += 1;
      const outcomes = await Promise.all(
        Array.from({ length: consumers }, async () => await heard(name, batch)),
      );
      delivering -= 1;
      settle(queue, batch, outcomes[0] ?? null);
    }
  };
  const heard = async (name: string, batch: readonly QueueMessage[]): Promise<Outcome | null> => {
    const outcome = await deliver(name, batch).catch(() => null);
    if (faults.deafTimes === 0) return outcome;
    faults.deafTimes -= 1;
    return null;
  };

  return {
    faults,
    send(name, messages) {
      sends += 1;
      // Evenly spread and the same in every run: of ten sends the first so many are refused.
      if (sends % 10 < faults.refusing * 10) throw new QueueRefuses("Too Many Requests");
      const known = queues.get(name);
      const queue = known ?? [];
      if (!known) {
        queues.set(name, queue);
        for (let n = 0; n < concurrency; n += 1) pumps.push(pump(name, queue));
      }
      waiting += messages.length;
      for (const { body, delaySeconds = 0 } of messages) {
        const message = { id: `m${(lastId += 1)}`, body, attempts: 1, timestamp: Date.now() };
        if (delaySeconds === 0) queue.push(message);
        else setTimeout(() => queue.push(message), delaySeconds * 1_000).unref();
      }
    },
    get waiting() {
      return waiting;
    },
    get delivering() {
      return delivering;
    },
    get redelivered() {
      return redelivered;
    },
    async stop() {
      isOpen = false;
      await Promise.all(pumps);
    },
  };
}

type Again = { message: QueueMessage; delayMs: number };

/** The consumer died: its batch comes back whole. */
function everything(batch: readonly QueueMessage[]): Again[] {
  return batch.map((message) => ({ message, delayMs: AFTER_CRASH_MS }));
}

function toRetry(batch: readonly QueueMessage[], outcome: Outcome): Again[] {
  if (outcome.outcome !== "ok" || outcome.retryBatch.retry) return everything(batch);
  const retried = new Map(outcome.retryMessages.map(({ msgId, delaySeconds = 0 }) => [msgId, delaySeconds]));
  return batch.flatMap((message) => {
    const delaySeconds = retried.get(message.id);
    if (delaySeconds === undefined || outcome.ackAll) return [];
    return [{ message, delayMs: Math.min(LONGEST_DELAY_MS, delaySeconds * 1000) }];
  });
}
