import type { PixelEvent } from "#contract/collect.ts";

import { newId } from "./event-id.ts";
import { isConsentRequired, isFirstParty } from "./settings.ts";

/** Events by their id, oldest first. */
export type Queue = Record<string, PixelEvent>;
export type Consent = "granted" | "denied";

/** What is kept between pages, under one key. The letters are stored: a later version must still read them. */
export type Kept = {
  /** The visitor's id. */
  v?: string;
  /** The consent that was given or refused. */
  c?: Consent | undefined;
  /** Unsent events. */
  q?: Queue | undefined;
  /** Opted out: nothing is sent, ever. */
  o?: 1;
};

let memory: Kept = {};
let isStorageBroken = false;

function stored(): Kept {
  try {
    return JSON.parse(localStorage.waymark as string) as Kept;
  } catch {
    return {};
  }
}

function store(kept: Kept): void {
  try {
    localStorage.waymark = JSON.stringify(kept);
  } catch {
    isStorageBroken = true;
  }
}

/** The choice of an earlier page holds on this one. */
export let consent = isFirstParty ? stored().c : undefined;
let isStopped: unknown;

/** Stopped by the server on this page, or opted out on any page. */
export const isSilent = (): unknown => isStopped || stored().o;

/** Whether this device may keep anything: only in first-party mode, with the consent asked for, without GPC. */
export function mayKeep(): boolean {
  return (
    isFirstParty &&
    !isStorageBroken &&
    !isSilent() &&
    !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl &&
    consent !== "denied" &&
    (!isConsentRequired || consent === "granted")
  );
}

export const recall = (): Kept => (mayKeep() ? stored() : memory);

/** Changes what is kept, in one synchronous step from the stored copy: other tabs write it too. */
export function keep(change: (queue: Queue) => unknown): void {
  memory = recall();
  change((memory.q ||= {}));
  if (mayKeep()) {
    memory.v ||= newId();
    memory.c = consent;
    store(memory);
  }
}

/** Takes a choice of consent: unsent events follow it, from memory to the device or back. */
export function decide(choice: Consent): void {
  const { q } = recall();
  consent = choice;
  memory = { q };
  keep((queue) => Object.assign(queue, q));
  // Refused: the id goes, the refusal alone stays, so that the next page honours it unasked.
  if (isFirstParty && choice === "denied") store({ c: choice });
}

/** Stops this page: the server asked for it. */
export function silence(): void {
  isStopped = 1;
}

export function optOut(): void {
  silence();
  store({ o: 1 });
}
