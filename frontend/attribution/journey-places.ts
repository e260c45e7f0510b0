/** How much of the line shows time as it is; the rest keeps touches of one hour apart. */
const TIME_PART = 0.65;

/**
 * Places 0..1 of points in time on a line that ends with the conversion: later is further right, long waits are longer,
 * and two points never lie closer than the line's share for each allows.
 */
export function journeyPlaces(times: readonly number[], endMs: number): number[] {
  const startMs = Math.min(endMs, ...times);
  const span = endMs - startMs;
  const count = times.length;
  return times.map((at, index) => {
    const byTime = span === 0 ? 0 : (at - startMs) / span;
    const byRank = index / Math.max(1, count);
    return TIME_PART * byTime + (1 - TIME_PART) * byRank;
  });
}
