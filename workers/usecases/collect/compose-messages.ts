import type { EdgeSite } from "#contract/edge-config.ts";
import type { IngestMessage, MessageEvent } from "#contract/ingest-message.ts";
import { describeAgent } from "#core/agents/describe-agent.ts";

import type { CollectDeps, RequestFacts } from "./collect-deps.ts";
import type { SizedMessage } from "./commit-in-group.ts";
import type { VisitorKey } from "./visitor-key.ts";

/** A queue message holds 128,000 bytes with its metadata; the rest is kept free for those. */
const MAX_MESSAGE_BYTES = 120_000;
const MESSAGE_VERSION = 1;

export type AcceptedBody = {
  site: Pick<EdgeSite, "siteId" | "database">;
  facts: RequestFacts;
  via: IngestMessage["via"];
  receivedAtMs: number;
  sentAtMs: number | null;
  visitor: VisitorKey;
  bot: string | null;
  events: readonly MessageEvent[];
  rejected: Readonly<Record<string, number>>;
};

/**
 * The queue messages of one accepted body: one as a rule. Too large for one, it becomes several receipts whose
 * `received` and `rejected` add up to the body's, so that the ledger balances whichever of them arrives.
 */
export function composeMessages(deps: Pick<CollectDeps, "ids">, body: AcceptedBody): SizedMessage[] {
  const message = composeOne(deps, body);
  const bytes = byteLength(message);
  if (bytes <= MAX_MESSAGE_BYTES || body.events.length < 2) return [{ message, bytes }];

  const middle = Math.ceil(body.events.length / 2);
  return [
    ...composeMessages(deps, { ...body, events: body.events.slice(0, middle) }),
    ...composeMessages(deps, { ...body, events: body.events.slice(middle), rejected: {} }),
  ];
}

function composeOne(deps: Pick<CollectDeps, "ids">, body: AcceptedBody): IngestMessage {
  const rejectedCount = Object.values(body.rejected).reduce((sum, count) => sum + count, 0);
  return {
    v: MESSAGE_VERSION,
    receiptId: deps.ids.uuid7(new Date(body.receivedAtMs)),
    requestId: body.facts.requestId,
    siteId: body.site.siteId,
    database: body.site.database,
    via: body.via,
    receivedAt: body.receivedAtMs,
    sentAt: body.sentAtMs,
    received: body.events.length + rejectedCount,
    rejected: { ...body.rejected },
    ...body.visitor,
    agent: describeAgent(body.facts.userAgent),
    country: body.facts.country,
    bot: body.bot,
    events: [...body.events],
  };
}

function byteLength(message: IngestMessage): number {
  return new TextEncoder().encode(JSON.stringify(message)).length;
}
