import type { CollectAnswer, CollectBody, PixelEvent } from "#contract/collect.ts";

import { choose, consent, put, remove, shelf, silence, visitor, waiting } from "./device.ts";
import { lastMs, newId } from "./event-id.ts";
import { guarded } from "./guarded.ts";
import { base, snippet } from "./settings.ts";

/** Room for a page's burst, and not for all that its site may store. */
const MAX_WAITING = 100;
/** Just under seven days, in less bytes. */
const MAX_AGE_MS = 6e8;
/** In characters, each at most three bytes: so a body stays under collect's 64,000 and keepalive's 65,536 bytes. */
const MAX_BODY = 2e4;
/** Counted on top of each: the shortest event has some 130 characters, and collect takes fifty in one body. */
const PER_EVENT = 300;
/** For so long nobody sends again what was sent: its answer may still come. */
const CLAIM_MS = 3e4;
/** The wait between two attempts doubles from one second up to 256. */
const MAX_DOUBLINGS = 8;
/** Any value will do: what is awaited goes on when the page has done its turn. */
const END_OF_TURN: unknown = 0;

/**
 * The claim is the time at which the event was sent (later, if collect told when to come back), or the name of the page
 * that has failed to send it and will try again, or 0 after a beacon.
 */
type Entry = [claim: number, event: PixelEvent];
type Without<E, K extends string> = E extends PixelEvent ? Omit<E, K> : never;
export type EventDraft = Without<PixelEvent, "id" | "at">;
/** An event of the page at hand, whose address is filled in. */
export type PageEventDraft = Without<PixelEvent, "id" | "at" | "url">;

/** The page's name, between 0 and 1. */
const page = Math.random();
/** What this page made: 1 is not sent yet, 0 was sent by a beacon. */
const own: Record<string, number> = {};
const canStay = "keepalive" in Request.prototype;
let failures = 0;
let timer: unknown;

/** Puts an event into the queue; it goes at the end of this turn, with whatever else waits. */
export const enqueue = (draft: EventDraft): void => {
  const event = { id: newId(), at: lastMs, ...draft } as PixelEvent;
  if (!choose()) {
    const key = "waymark:" + lastMs + page;
    // Claimed from its first moment, so that no other tab takes it for left over. After a beacon nobody waits.
    put(key, (canStay as unknown as number) * lastMs, event);
    waiting().map(
      (key, index, keys) =>
        (key > "waymark:" + (lastMs - MAX_AGE_MS) && !keys[index + MAX_WAITING]) || remove(key),
    );
    flush((own[key] = 1));
  }
};

/** Sends what waits. All that one turn of the page makes goes in one request: its second flush finds nothing left. */
// oxlint-disable-next-line complexity, max-lines-per-function -- each function more costs some of the script's 1,800 bytes
export const flush = guarded(async (isNew: unknown) => {
  await END_OF_TURN;
  if (!choose()) {
    let room = MAX_BODY;
    let waitMs = CLAIM_MS;
    const batch = waiting().filter((key) => {
      const [claim] = JSON.parse(shelf[key] as string) as Entry;
      // The page's own; what others claimed and did not finish; what others failed to send, along with a new event.
      return (
        (own[key] ?? (claim > 1 ? Date.now() - claim > CLAIM_MS : isNew || claim === page)) &&
        (room -= (shelf[key] as string).length + PER_EVENT) > 0
      );
    });
    if (batch[0]) {
      const body = JSON.stringify({
        v: 1,
        site: snippet.site,
        sentAt: Date.now(),
        visitor,
        consent,
        events: batch.map((key) => (JSON.parse(shelf[key] as string) as Entry)[1]),
      } satisfies Omit<CollectBody, "site"> & { site: unknown });
      // A beacon's answer cannot be read: the next page sends the event once more, then no more.
      if (!canStay)
        return (
          navigator.sendBeacon(base + "e", body) &&
          batch.map((key) => (own[key] ? (own[key] = 0) : remove(key)))
        );
      let isFinal: unknown;
      let toldMs: number | undefined;
      // A page that failed and is being left may be gone before the answer: the next one need not wait for it.
      batch.map((key) => {
        delete own[key];
        put(key, failures && document.hidden ? page : Date.now());
      });
      try {
        // A string body goes as text/plain: the request is "simple" and needs no CORS preflight.
        const answer = await fetch(base + "e", {
          method: "POST",
          body,
          keepalive: true,
          // An endpoint that the snippet names is the site's own, and keeps the visitor's cookie.
          credentials: (snippet.endpoint ? "include" : toldMs) as RequestCredentials,
        });
        isFinal = /^2|40[034]|13/.test(answer.status as unknown as string);
        toldMs = 1e3 * (answer.headers.get("retry-after") as unknown as number);
        // Read to its end: only then is the room free that the browser gives to keepalive requests.
        if (((await answer.json()) as CollectAnswer).silence) silence();
      } catch {
        // To a page that is being left every request seems to fail. It has no next turn, so its claims stay.
        await new Promise(setTimeout as unknown as () => void);
      }
      // No entry: another tab delivered it meanwhile, or the visitor has opted out.
      batch.map((key) =>
        isFinal ? remove(key) : shelf[key] && put(key, toldMs ? Date.now() + toldMs - CLAIM_MS : page),
      );
      waitMs = isFinal ? (failures = 0) : toldMs || 1e3 << Math.min(failures++, MAX_DOUBLINGS);
    }
    if (waiting()[0]) {
      clearTimeout(timer as number);
      // Each page waits longer by its own part, so that they do not ask in step, and none sooner than it was told.
      timer = setTimeout(flush, waitMs * (1 + page));
    }
  }
});
