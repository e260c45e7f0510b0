import { shardOf } from "#core/events/shard-of.ts";
import { fail, ok, type Result } from "#core/result.ts";

import type { CollectDeps } from "./collect-deps.ts";
import { commitInGroup, type SizedMessage } from "./commit-in-group.ts";

export type NotDurable = { kind: "not_durable" };

/** Puts every message into durable hands. Only then may a 2xx go out. */
export async function handOver(
  deps: CollectDeps,
  messages: readonly SizedMessage[],
): Promise<Result<null, NotDurable>> {
  const outcomes = await Promise.all(
    messages.map(async (sized) => await commitInGroup(deps, shardFor(deps, sized), sized)),
  );
  // Each message is a receipt: what consumers have taken of them is the rest of the backlog.
  deps.meter.count("bodies_accepted", outcomes.filter(Boolean).length);
  return outcomes.every(Boolean) ? ok(null) : fail({ kind: "not_durable" });
}

/** A visitor's events meet in one consumer; a body without a visitor may go anywhere (decisions 10). */
function shardFor(deps: CollectDeps, { message }: SizedMessage): number {
  return shardOf(message.siteId, message.visitor ?? message.receiptId, deps.queue.shardCount);
}
