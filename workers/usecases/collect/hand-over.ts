import type { IngestMessage } from "#contract/ingest-message.ts";
import { shardOf } from "#core/events/shard-of.ts";
import { fail, ok, type Result } from "#core/result.ts";

import type { CollectDeps } from "./collect-deps.ts";

const RETRY_PAUSES_MS = [20, 80] as const;

export type NotDurable = { kind: "not_durable" };

/** Puts every message into durable hands: the queue, tried three times, else the spill. Only then may a 2xx go out. */
export async function handOver(
  deps: CollectDeps,
  messages: readonly IngestMessage[],
): Promise<Result<null, NotDurable>> {
  const outcomes = await Promise.all(messages.map((message) => handOverOne(deps, message)));
  return outcomes.every(Boolean) ? ok(null) : fail({ kind: "not_durable" });
}

async function handOverOne(deps: CollectDeps, message: IngestMessage): Promise<boolean> {
  if (await isQueued(deps, message)) return true;
  const { receiptId, requestId, via } = message;
  try {
    await deps.spill.keep(message);
    deps.report({ kind: "event_spilled", receiptId, requestId });
    return true;
  } catch {
    deps.report({ kind: "event_lost", receiptId, requestId, via, events: message.events.length });
    return false;
  }
}

async function isQueued(deps: CollectDeps, message: IngestMessage): Promise<boolean> {
  const shard = shardOf(message.siteId, message.visitor ?? message.receiptId, deps.queue.shardCount);
  for (let attempt = 0; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a retry comes after what it retries
      await deps.queue.send(shard, message);
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
