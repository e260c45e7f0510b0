import type { IngestMessage } from "#contract/ingest-message.ts";
import type { QueueMessage } from "#contract/queue-message.ts";

import type { CollectDeps } from "./collect-deps.ts";

const RETRY_PAUSES_MS = [20, 80] as const;
/** How long a queue that refused three times is left alone while storage takes its messages. */
const QUEUE_RESTS_MS = 5_000;

type Sending = {
  shard: number;
  lane: { queueRestsUntilMs: number };
  /** One at least. */
  bodies: readonly IngestMessage[];
};

/** The queue, tried three times, else one object in storage; storage first while the queue is known to refuse. */
export async function makeDurable(deps: CollectDeps, sending: Sending): Promise<boolean> {
  const { lane } = sending;
  const isResting = deps.clock.now().getTime() < lane.queueRestsUntilMs;
  if (isResting && (await isSpilled(deps, sending))) return true;
  if (await isQueued(deps, sending)) {
    lane.queueRestsUntilMs = 0;
    return true;
  }
  const isKept = await isSpilled(deps, sending);
  if (isKept) lane.queueRestsUntilMs = deps.clock.now().getTime() + QUEUE_RESTS_MS;
  else tellLost(deps, sending.bodies);
  return isKept;
}

function tellLost({ report, meter }: CollectDeps, bodies: readonly IngestMessage[]): void {
  for (const body of bodies) report({ kind: "event_lost", ...named(body) });
  meter.count(
    "events_lost",
    bodies.reduce((sum, { events }) => sum + events.length, 0),
  );
}

async function isQueued(deps: CollectDeps, { shard, bodies }: Sending): Promise<boolean> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a retry comes after what it retries
      await deps.queue.send(shard, together(bodies));
      return true;
    } catch {
      const pauseMs = RETRY_PAUSES_MS[attempt];
      if (pauseMs === undefined) return false;
      // Half fixed, half random: those who were refused together do not come back together.
      // oxlint-disable-next-line no-await-in-loop
      await deps.pauseMs(pauseMs * (0.5 + deps.random() / 2));
    }
  }
}

async function isSpilled(deps: CollectDeps, { bodies }: Sending): Promise<boolean> {
  try {
    await deps.spill.keep(together(bodies));
  } catch {
    return false;
  }
  for (const body of bodies) deps.report({ kind: "event_spilled", ...named(body) });
  deps.meter.count("bodies_spilled", bodies.length);
  return true;
}

function together(bodies: readonly IngestMessage[]): QueueMessage {
  return { v: 2, bodies: [...bodies] };
}

type Named = { receiptId: string; requestId: string; via: string; events: number };

function named({ receiptId, requestId, via, events }: IngestMessage): Named {
  return { receiptId, requestId, via, events: events.length };
}
