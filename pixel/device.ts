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

const stored = (): Kept => {
  try {
    return JSON.parse(localStorage.waymark as string) as Kept;
  } catch {
    return {};
  }
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

/** Stopped by the server on this page, or opted out on any page. */
export const isSilent = (): unknown => isStopped || stored().o;

/** Stops this page: the server asked for it. */
export const silence = (): void => {
  isStopped = 1;
};

/** Stops every page of this browser. */
export const optOut = (): void => {
  waiting().map(remove);
  isStopped = 1;
  // Only its server can take the visitor's cookie away.
  if (visitor) navigator.sendBeacon(base + "o");
  localStorage.waymark = JSON.stringify({ o: 1 });
};

/** The keys of what waits, oldest first. */
export const waiting = (): string[] =>
  Object.keys(shelf)
    // oxlint-disable-next-line unicorn/prefer-string-starts-ends-with -- some bytes shorter
    .filter((key) => /^waymark:/.test(key))
    .sort();

/** Writes an event's entry, or a new claim into it. */
export const put = (key: string, claim: number, event?: PixelEvent): void => {
  const text = JSON.stringify([claim, event || JSON.parse(shelf[key] as string)[1]]);
  try {
    shelf[key] = text;
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
 * Takes a choice of consent, or the one of an earlier page. Something is kept only in first-party mode, with the consent
 * asked for, without Global Privacy Control. Refused: the id goes, the refusal alone stays, so that the next page
 * honours it unasked. Unsent events follow, from memory to the device or back.
 */
export const choose = (choice?: Consent): void => {
  const { v, c, o } = stored();
  consent = choice;
  if (isFirstParty() && !o) {
    consent = choice || c;
    visitor = mayKeep() ? v || newId() : undefined;
    try {
      if (visitor || consent === "denied") localStorage.waymark = JSON.stringify({ v: visitor, c: consent });
    } catch {
      visitor = undefined;
    }
    const next: Record<string, string> = visitor ? localStorage : {};
    waiting().map((key) => {
      const text = shelf[key] as string;
      remove(key);
      next[key] = text;
    });
    shelf = next;
  }
};
choose();
