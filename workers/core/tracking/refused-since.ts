const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Refused requests are counted by UTC hour: the start of the first of the last 24, the current one among them, in epoch ms. */
export function refusedSinceMs(nowMs: number): number {
  return (Math.floor(nowMs / HOUR_MS) - (HOURS - 1)) * HOUR_MS;
}
