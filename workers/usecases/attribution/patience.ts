import type { Patience } from "./compute-parts.ts";

/** More contacts than this are a job's work from the start. */
const MOST_CONTACTS = 1_000_000;
/** So few take a fraction of a second, unless Postgres is busy: then a request waits rather than begin anew as a job. */
const FEW_CONTACTS = 50_000;

/** An answer is there within 3 s, or says that it is being worked out: what of that Postgres has for the journeys. */
const TIMEOUT_MS = 2_000;
const TIMEOUT_OF_FEW_MS = 2_500;
/** A chain of more states is a job's work as well: its inverse is the Worker's. */
const MOST_STATES = 500;

/** What took longer is not worked out anew at each change: it would never be ready. */
export const SLOW_MS = TIMEOUT_MS;
export const RETRY_AFTER_MS = 2_000;

/** Whether journeys of about so many contacts are never worked out within a request. */
export function isJobsWork(contacts: number): boolean {
  return contacts > MOST_CONTACTS;
}

/** What a request has left for journeys of about so many contacts, so long after it came; null: nothing, it is a job's work. */
export function requestPatience(contacts: number, elapsedMs: number): Patience | null {
  if (isJobsWork(contacts)) return null;
  const timeoutMs = contacts <= FEW_CONTACTS ? TIMEOUT_OF_FEW_MS : TIMEOUT_MS;
  return { timeoutMs: Math.max(1, timeoutMs - elapsedMs), mostStates: MOST_STATES };
}
