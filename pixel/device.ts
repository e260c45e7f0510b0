import type { PixelEvent } from "#contract/collect.ts";

import { newId } from "./event-id.ts";
import { isConsentRequired, isFirstParty } from "./settings.ts";

/** What is kept between pages, under one key. The letters are stored: a later version must still read them. */
export type Kept = {
  /** The visitor's id. */
  v?: string | undefined;
  /** The consent that was given or refused. */
  c?: Consent | undefined;
  /** Unsent events, oldest first. */
  q?: PixelEvent[] | undefined;
  /** Ids that went by beacon once: nobody can know whether they arrived. */
  b?: string[] | undefined;
  /** Opted out: nothing is sent, ever. */
  o?: 1;
};
export type Consent = "granted" | "denied";

const KEY = "waymark";

let memory: Kept = {};
let isStorageBroken = false;

function stored(): Kept {
  try {
    return (JSON.parse(localStorage.getItem(KEY) as string) as Kept | null) || {};
  } catch {
    return {};
  }
}

function store(kept: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    isStorageBroken = true;
  }
}

/** The choice of an earlier page holds on this one. */
let consent = isFirstParty ? stored().c : undefined;
let isStopped = false;

/** Stopped by the server on this page, or opted out on any page. */
export const isSilent = (): boolean => isStopped || !!stored().o;
export const consentGiven = (): Consent | undefined => consent;

/** Whether this device may keep anything: only in first-party mode, with the consent asked for, without GPC. */
export function mayKeep(): boolean {
  return (
    isFirstParty &&
    !isStorageBroken &&
    !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl &&
    consent !== "denied" &&
    (!isConsentRequired || consent === "granted")
  );
}

export const recall = (): Kept => (mayKeep() ? stored() : memory);

/** Changes what is kept, in one synchronous step from the stored copy: other tabs write it too. */
export function keep(change: (kept: Kept) => unknown): void {
  const kept = recall();
  change(kept);
  if (mayKeep()) {
    kept.v ||= newId();
    if (consent) kept.c = consent;
    store(kept);
  }
  memory = kept;
}

/** Takes a choice of consent: unsent events follow it, from memory to the device or back. */
export function decide(choice: Consent): void {
  const { q, b } = recall();
  const wasKept = mayKeep();
  consent = choice;
  if (mayKeep()) keep((kept) => wasKept || (kept.q = (kept.q || []).concat(q || [])));
  else memory = { q, b };
  // Refused: the id goes, the refusal alone stays, so that the next page honours it unasked.
  if (isFirstParty && choice === "denied") store({ c: choice });
}

/** Stops on this page only: the server asked for it. */
export function silence(): void {
  isStopped = true;
}

export function optOut(): void {
  isStopped = true;
  memory = {};
  store({ o: 1 });
}
