import type { CollectAnswer, CollectBody, PixelEvent } from "#contract/collect.ts";

import { consent, isSilent, keep, mayKeep, recall, silence } from "./device.ts";
import { newId } from "./event-id.ts";
import { guarded } from "./guarded.ts";
import { base, site } from "./settings.ts";

const MAX_QUEUED = 50;
const MAX_AGE_MS = 7 * 864e5;
/** In characters, each at most three bytes: so a body stays under collect's 64,000 and keepalive's 65,536 bytes. */
const MAX_BODY = 2e4;
const MAX_EVENT = 15e3;
/** Answers after which there is no use in sending again: taken, or never to be taken. Anything else may pass. */
const FINAL = /2..|40[034]|413/;

type Without<E, K extends string> = E extends PixelEvent ? Omit<E, K> : never;
export type EventDraft = Without<PixelEvent, "id" | "at">;
/** An event of the page at hand, whose address is filled in. */
export type PageEventDraft = Without<PixelEvent, "id" | "at" | "url">;

const pageStart = Date.now();
/** Ids that are on their way from this page. */
const onTheWay: Record<string, unknown> = {};

/** Puts an event into the queue; it goes at the end of this turn, with whatever else waits. */
export function enqueue(draft: EventDraft): void {
  const event = { id: newId(), at: Date.now(), ...draft } as PixelEvent;
  // Also what cannot be written at all stops here: it throws before it can block the queue.
  if (JSON.stringify(event).length > MAX_EVENT) return;
  keep((queue) => {
    queue[event.id] = event;
    for (const id in queue) {
      if ((queue[id] as PixelEvent).at < event.at - MAX_AGE_MS || Object.keys(queue).length > MAX_QUEUED)
        delete queue[id];
    }
  });
  planFlush();
}

/** All that one turn of the page makes goes in one request: the second flush of a turn finds nothing left to send. */
export function planFlush(): void {
  queueMicrotask(guarded(flush));
}

function flush(): void {
  const { q = {}, v } = recall();
  const ids = Object.keys(q).filter((id) => !onTheWay[id]);
  let body = "";
  do {
    body = JSON.stringify({
      v: 1,
      site,
      sentAt: Date.now(),
      visitor: mayKeep() ? v : undefined,
      consent,
      events: ids.map((id) => q[id]),
    } satisfies Omit<CollectBody, "site"> & { site: unknown });
  } while (body.length > MAX_BODY && ids.pop());
  if (isSilent() || !ids[0]) return;

  ids.map((id) => (onTheWay[id] = 1));
  // A string body goes as text/plain: the request is "simple" and needs no CORS preflight.
  if ("keepalive" in Request.prototype) {
    fetch(base + "e", { method: "POST", body, keepalive: true })
      .then((answer) => {
        const isFinal = FINAL.test(answer.status as unknown as string);
        settle(ids, isFinal);
        // Only now, the answer read, is the room free that the browser gives to keepalive requests.
        return answer.json().then((said: CollectAnswer) => {
          if (said.silence) silence();
          if (isFinal) planFlush();
        });
      })
      .catch(() => settle(ids));
  } else if (navigator.sendBeacon(base + "e", body)) {
    // A beacon's answer cannot be read: what the device can keep goes once more from the next page, then no more.
    settle(
      ids.filter((id) => !mayKeep() || (q[id] as PixelEvent).at < pageStart),
      1,
    );
  }
}

function settle(ids: string[], isOver?: unknown): void {
  keep((queue) =>
    ids.map((id) => {
      delete onTheWay[id];
      if (isOver) delete queue[id];
    }),
  );
}
