import type { EdgeSite } from "#contract/edge-config.ts";
import type { MessageEvent } from "#contract/ingest-message.ts";

import type { CollectDeps, RequestFacts } from "./collect-deps.ts";
import { composeMessages } from "./compose-messages.ts";
import { handOver } from "./hand-over.ts";
import type { VisitorKey } from "./visitor-key.ts";

export type EdgeEvent = {
  site: EdgeSite;
  facts: RequestFacts;
  via: "image" | "redirect";
  receivedAtMs: number;
  visitor: VisitorKey;
  bot: string | null;
  event: MessageEvent;
};

/**
 * Records one event of a request that has no client to try again: callers defer it past the answer. The queue is
 * tried, then the spill; both down is reported (decisions 11).
 */
export async function recordOne(deps: CollectDeps, { event, ...rest }: EdgeEvent): Promise<void> {
  await handOver(deps, composeMessages(deps, { ...rest, sentAtMs: null, events: [event], rejected: {} }));
}
