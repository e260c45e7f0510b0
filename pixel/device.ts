import type { PixelEvent } from "#contract/collect.ts";

import { newId } from "./event-id.ts";
import { base, isConsentRequired, isFirstParty } from "./settings.ts";

export type Consent = "granted" | "denied";

/** What is kept between pages beside the queue, under one key. The letters are stored: a later version reads them. */
type Kept = {
  /** The visitor's id. */
  v?: string | undefined;
  /** The consent that was given or refused. */
  c?: Consent | undefined;
  /** Opted out: nothing is sent, ever. */
  o?: unknown;
};

export let consent: Consent | undefined;
/** The visitor's id; none where this device may keep nothing, or cannot: it would be another one on each page. */
export let visitor: string | undefined;
/**
 * Where unsent events are: on the device or in memory. Each has a key of its own, so that no tab overwrites what another
 * one wrote; it begins with `waymark:` and the event's time, by which keys sort, and stands for `[claim, event]`.
 */
export let shelf: Record<string, string> = {};
let isStopped: unknown;

/** Stops this page: the server asked for it. */
export const silence = (): void => {
  isStopped = 1;
};

/** Stops every page of this browser, and leaves nothing unsent on the device. */
export const optOut = (): void => {
  isStopped = 1;
  // Only its server can take a visitor's cookie away, which this page may know nothing of.
  navigator.sendBeacon(base + "o");
  localStorage.waymark = JSON.stringify({ o: 1 });
  choose();
};

/** The keys of what waits, oldest first. */
export const waiting = (): string[] =>
  Object.keys(shelf)
    // oxlint-disable-next-line unicorn/prefer-string-starts-ends-with -- some bytes shorter
    .filter((key) => /^waymark:/.test(key))
    .sort();

/** In characters; the longest that is sent has room in one body. */
const MAX_ENTRY = 15e3;

/** Writes an event's entry, or a new claim into it. What is too long is not taken. */
export const put = (key: string, claim: number, event?: PixelEvent): void => {
  const text = JSON.stringify([claim, event || JSON.parse(shelf[key] as string)[1]]);
  try {
    if (!text[MAX_ENTRY]) shelf[key] = text;
  } catch {
    // The device is full. What is there waits for the next page; this one goes on in memory.
    shelf = { [key]: text };
  }
};

export const remove = (key: string): unknown => delete shelf[key];

const mayKeep = (): boolean =>
  !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl &&
  (consent ? consent === "granted" : !isConsentRequired());

/**
 * Takes a choice of consent, or the one that an earlier page or another tab was told; whether this page is silent: stopped
 * by the server, or opted out on any page. Something is kept only in first-party mode, with the consent asked for, without
 * Global Privacy Control. Otherwise what was kept goes; a refusal alone stays, so that the next page honours it unasked.
 * Unsent events follow, from memory to the device or back. What throws on the way, as a device that is full or closed
 * does, leaves the rest as it was.
 */
// oxlint-disable-next-line complexity -- each function more costs some of the script's 1,800 bytes
export const choose = (choice?: Consent): unknown => {
  consent = choice || consent;
  try {
    const device = localStorage;
    let kept: Kept | undefined;
    try {
      kept = JSON.parse(device.waymark as string) as Kept;
    } catch {
      // Nothing is kept yet, or what is there is broken and counts as nothing: it is written over.
    }
    if (kept?.o) {
      // Also what another tab left, or wrote before it heard of this.
      shelf = device;
      return waiting().map(remove);
    }
    consent = choice || kept?.c || consent;
    if (isFirstParty()) {
      let id: string | undefined;
      // An id has 36 characters.
      if (mayKeep()) id = kept?.v?.[35] ? kept.v : newId();
      // What was read may be a moment old: nothing is written that need not be.
      if (!id && consent !== "denied") delete device.waymark;
      else if (choice || id !== kept?.v) device.waymark = JSON.stringify({ v: id, c: consent });
      visitor = id;
      // With nothing of its own in memory, what waits is what an earlier page left on the device.
      if (!waiting()[0]) shelf = device;
      const place: Record<string, string> = id ? device : {};
      // What stays on the device is not touched: another tab may just have delivered it.
      if (place !== shelf)
        waiting().map((key) => {
          place[key] = shelf[key] as string;
          remove(key);
        });
      shelf = place;
    }
  } catch {
    // In memory, without an id that would be another one on each page.
  }
  return isStopped;
};
