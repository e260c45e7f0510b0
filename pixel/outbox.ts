import type { CollectAnswer, CollectBody, PixelEvent } from "#contract/collect.ts";

import { consentGiven, isSilent, keep, mayKeep, recall, silence } from "./device.ts";
import { newId } from "./event-id.ts";
import { guarded } from "./guarded.ts";
import { endpoint, site } from "./settings.ts";

const MAX_QUEUED = 50;
const MAX_AGE_MS = 7 * 864e5;
/** In characters, of which each is at most three bytes: a body stays under collect's 64,000 and keepalive's 65,536. */
const MAX_BODY = 2e4;
/** Answers after which an event would never be taken. Anything else may pass. */
const USELESS = [400, 403, 404, 413];

type Without<E, K extends string> = E extends PixelEvent ? Omit<E, K> : never;
export type EventDraft = Without<PixelEvent, "id" | "at">;
/** An event of the page at hand, whose address is filled in. */
export type PageEventDraft = Without<PixelEvent, "id" | "at" | "url">;

/** Ids that are on their way from this page. */
const onTheWay = new Set<string>();
let isPlanned = false;

/** Puts an event into the queue; it goes at the end of this turn, with whatever else waits. */
export function enqueue(draft: EventDraft): void {
  const event = { id: newId(), at: Date.now(), ...draft } as PixelEvent;
  if (isSilent() || JSON.stringify(event).length > MAX_BODY) return;
  keep((kept) => {
    const fresh = (kept.q || []).filter(({ at }) => at > Date.now() - MAX_AGE_MS);
    kept.q = [...fresh, event].slice(-MAX_QUEUED);
  });
  planFlush();
}

/** One request for all that one turn of the page makes. */
export function planFlush(): void {
  if (!isPlanned) void Promise.resolve().then(guarded(flush));
  isPlanned = true;
}

function flush(): void {
  isPlanned = false;
  if (isSilent()) return;
  const batch = nextBatch();
  if (!batch[0]) return;

  for (const { id } of batch) onTheWay.add(id);
  send(batch, bodyOf(batch));
}

function nextBatch(): PixelEvent[] {
  let length = 0;
  return (recall().q || []).filter(({ id }, index, queue) => {
    if (onTheWay.has(id)) return false;
    length += JSON.stringify(queue[index]).length;
    return length <= MAX_BODY;
  });
}

function bodyOf(events: PixelEvent[]): string {
  const body = {
    v: 1,
    site,
    sentAt: Date.now(),
    visitor: mayKeep() ? recall().v : undefined,
    consent: consentGiven(),
    events,
  };
  return JSON.stringify(body satisfies Omit<CollectBody, "v" | "site">);
}

/** A string body goes as text/plain: the request is "simple" and needs no CORS preflight. */
function send(batch: PixelEvent[], body: string): void {
  if (!canOutlivePage()) return beacon(batch, body);
  fetch(endpoint, { method: "POST", body, keepalive: true })
    .then(
      (answer) => {
        settle(batch, answer.ok || USELESS.includes(answer.status));
        if (answer.ok) {
          planFlush();
          return answer.json().then((said: CollectAnswer) => said.silence && silence());
        }
        return;
      },
      () => settle(batch, false),
    )
    .catch(() => {});
}

function canOutlivePage(): boolean {
  return "keepalive" in Request.prototype;
}

/** A beacon's answer cannot be read: what is kept on the device stays, to go once more from a later page. */
function beacon(batch: PixelEvent[], body: string): void {
  const isTaken = navigator.sendBeacon(endpoint, body);
  if (!mayKeep()) return settle(batch, isTaken);
  const before = recall().b || [];
  const ids = batch.map(({ id }) => id);
  if (isTaken) {
    drop(before);
    keep((kept) => (kept.b = ids.filter((id) => !before.includes(id))));
  }
}

function settle(batch: PixelEvent[], isOver: boolean): void {
  const ids = batch.map(({ id }) => id);
  for (const id of ids) onTheWay.delete(id);
  if (isOver) drop(ids);
}

function drop(ids: string[]): void {
  keep((kept) => (kept.q = (kept.q || []).filter(({ id }) => !ids.includes(id))));
}
