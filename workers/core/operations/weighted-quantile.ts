/** The value that a part `q` (0 to 1) of all does not exceed, of values with how often each came; null without any. */
export function weightedQuantile(
  counted: readonly (readonly [value: number, count: number])[],
  q: number,
): number | null {
  const sorted = counted.toSorted(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return null;
}
