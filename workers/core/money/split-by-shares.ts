/**
 * Shares of a whole. Exact: `numerators[i] / denominator`, the numerators adding up to the denominator. Doubles: numbers
 * that add up to 1 but for rounding.
 */
export type Shares =
  | { kind: "exact"; numerators: readonly number[]; denominator: number }
  | { kind: "double"; shares: readonly number[] };

/** Remainders are told apart to a billionth of a minor unit: below that a double is noise (decisions 24). */
const REMAINDER_STEPS = 1e9;

/**
 * An amount in whole minor units, split in whole minor units that add up to it, by the method of largest remainder
 * (Hamilton's): each part is rounded down, and the units left over go to the largest remainders, ties to the earlier
 * part. A negative amount splits as its mirror image.
 */
export function splitByShares(amountMinor: number, shares: Shares): number[] {
  const magnitude = Math.abs(amountMinor);
  const parts =
    shares.kind === "exact" ? exactParts(magnitude, shares) : doubleParts(magnitude, shares.shares);
  const whole = withLeftOver(magnitude, parts);
  // 0 − 0 is 0, where −1 × 0 would be −0.
  return amountMinor < 0 ? whole.map((part) => 0 - part) : whole;
}

/**
 * What a refund takes from each part: `split(after) − split(before)`, where both are what is left of the value. Parts of
 * partial refunds so end at exactly 0 (decisions 18).
 */
export function splitChange(change: { beforeMinor: number; afterMinor: number }, shares: Shares): number[] {
  const before = splitByShares(change.beforeMinor, shares);
  return splitByShares(change.afterMinor, shares).map((part, i) => part - (before[i] ?? 0));
}

/** A share as a double. */
export function shareOf(shares: Shares, index: number): number {
  return shares.kind === "exact"
    ? (shares.numerators[index] ?? 0) / shares.denominator
    : (shares.shares[index] ?? 0);
}

type Part = { whole: number; remainder: number };

function exactParts(amount: number, shares: Extract<Shares, { kind: "exact" }>): Part[] {
  const { numerators, denominator } = shares;
  return numerators.map((numerator) => {
    const product = amount * numerator;
    if (Number.isSafeInteger(product))
      return { whole: Math.floor(product / denominator), remainder: product % denominator };
    const big = BigInt(amount) * BigInt(numerator);
    return { whole: Number(big / BigInt(denominator)), remainder: Number(big % BigInt(denominator)) };
  });
}

function doubleParts(amount: number, shares: readonly number[]): Part[] {
  return shares.map((share) => {
    const part = share * amount;
    const whole = Math.floor(part);
    return { whole, remainder: Math.round((part - whole) * REMAINDER_STEPS) };
  });
}

function withLeftOver(amount: number, parts: readonly Part[]): number[] {
  const whole = parts.map((part) => part.whole);
  const leftOver = amount - whole.reduce((sum, part) => sum + part, 0);
  const ranked = parts
    .map(({ remainder }, index) => ({ remainder, index }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  // Doubles may add up to a unit too much: that one is taken where the remainder is least.
  const order = leftOver < 0 ? ranked.toReversed() : ranked;
  for (let given = 0; given < Math.abs(leftOver); given += 1) {
    const { index } = order[given % order.length] ?? { index: 0 };
    whole[index] = (whole[index] ?? 0) + Math.sign(leftOver);
  }
  return whole;
}
