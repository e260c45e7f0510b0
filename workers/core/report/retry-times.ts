const FIRST_MS = 5_000;
const LONGEST_MS = 30 * 60_000;
/** Up to this part more or less, so that what failed together is not tried together. */
const JITTER = 0.25;

/**
 * How long to wait after the n-th failed attempt (from 1) in milliseconds: doubling up to half an hour, with jitter.
 * `chance` is drawn from 0 to 1.
 */
export function retryDelayMs(attempt: number, chance: number): number {
  const plain = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(attempt, 1) - 1, 20));
  return Math.round(plain * (1 - JITTER + 2 * JITTER * chance));
}
