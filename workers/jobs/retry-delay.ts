const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 300;

/** Seconds until a message is tried again: doubling with the attempts (which start at 1), up to five minutes. */
export function retryDelaySeconds(attempts: number): number {
  return Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(attempts - 1, 16));
}
