import { splitByShares } from "#core/money/split-by-shares.ts";

type Valued = { group: string; value: number };

/**
 * The credited values in whole minor units that add up to the total, by group: largest remainder, ties to the name that
 * comes first in code-point order (decisions 24). `value` may be in any unit, as long as all are in the same.
 */
export function wholeValues(credit: readonly Valued[], totalMinor: number): Map<string, number> {
  const ordered = credit.toSorted((a, b) => (a.group < b.group ? -1 : 1));
  const sum = ordered.reduce((total, { value }) => total + value, 0);
  const shares = ordered.map(({ value }) => (sum === 0 ? 0 : value / sum));
  const parts = splitByShares(totalMinor, { kind: "double", shares });
  return new Map(ordered.map(({ group }, i) => [group, parts[i] ?? 0]));
}
