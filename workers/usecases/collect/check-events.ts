import type { CollectAnswer, ImportedEvent, PixelEvent, RejectionCode } from "#contract/collect.ts";
import type { EdgeSite } from "#contract/edge-config.ts";
import type { MessageEvent } from "#contract/ingest-message.ts";
import type { EventRefusal } from "#contract/parse-event.ts";
import { isEventIdInWindow } from "#core/events/event-id-window.ts";
import { isCleanValue } from "#core/events/is-clean-value.ts";

import type { CollectDeps } from "./collect-deps.ts";
import { hashCustomer } from "./hash-customer.ts";
import { refuseMoney } from "./refuse-money.ts";

export type Rejected = CollectAnswer["rejected"];
export type CheckedEvents = { events: MessageEvent[]; rejected: Rejected };

type Checking = {
  site: Pick<EdgeSite, "siteId" | "identifyKey" | "currency">;
  receivedAtMs: number;
  rawEvents: readonly unknown[];
};

/** Takes a body's events one by one: one bad event refuses only itself. */
export async function checkEvents(
  deps: Pick<CollectDeps, "parseEvent" | "hash">,
  { site, receivedAtMs, rawEvents }: Checking,
): Promise<CheckedEvents> {
  const events: MessageEvent[] = [];
  const rejected: Rejected = [];
  for (const [index, raw] of rawEvents.entries()) {
    const parsed = deps.parseEvent(raw);
    const refusal = parsed.ok ? refusalOf(parsed.value, { site, receivedAtMs }) : parsed.error;
    if (refusal) rejected.push({ index, ...refusal });
    if (parsed.ok && !refusal) {
      // Only an identify event awaits anything, and a body has 50 events at most.
      // oxlint-disable-next-line no-await-in-loop
      const event = await toMessageEvent(deps, site, parsed.value);
      events.push(isCleanValue(raw) ? event : { ...event, cleaned: true });
    }
  }
  return { events, rejected };
}

/** What its shape alone does not show. */
function refusalOf(
  event: PixelEvent | ImportedEvent,
  { site, receivedAtMs }: Pick<Checking, "site" | "receivedAtMs">,
): EventRefusal | null {
  if (!isEventIdInWindow(event.id, receivedAtMs)) return { code: "invalid_id", message: ID_MESSAGE };
  return refuseMoney(event, site.currency);
}

/** What is left of a body whose sender may not be recorded: every event refused, each under one code. */
export function refuseAll(eventCount: number, rejected: Rejected): CheckedEvents {
  const byIndex = new Map(rejected.map((refusal) => [refusal.index, refusal]));
  const all = Array.from(
    { length: eventCount },
    (_, index) => byIndex.get(index) ?? { index, ...NO_CONSENT },
  );
  return { events: [], rejected: all };
}

/** How many were refused under each code: what the ledger counts. */
export function countByCode(rejected: Rejected): Partial<Record<RejectionCode, number>> {
  const counts: Partial<Record<RejectionCode, number>> = {};
  for (const { code } of rejected) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const NO_CONSENT = { code: "no_consent", message: "this site records nothing without consent" } as const;
/** What is wrong with an id whose time is too far away. */
export const ID_MESSAGE = "id: must be a UUIDv7 whose time lies within 400 days before and 1 day after now";

/** The raw customer key ends here: only its keyed hash goes on (decisions 15). */
async function toMessageEvent(
  deps: Pick<CollectDeps, "hash">,
  site: Pick<EdgeSite, "siteId" | "identifyKey">,
  event: PixelEvent | ImportedEvent,
): Promise<MessageEvent> {
  if (event.type !== "identify") return event;
  const { customer, ...rest } = event;
  return { ...rest, customerHash: await hashCustomer(deps, site, customer) };
}
