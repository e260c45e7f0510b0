import type { ExchangeFactor } from "./exchange-rate.ts";

/**
 * Minor units in another currency, exact and then rounded once, half away from zero (as amounts are when they come in).
 * Null beyond 2^53 − 1, where a number is no longer exact (decisions 25).
 */
export function convertMinorUnits(minor: number, factor: ExchangeFactor): number | null {
  return safeNumber(roundedQuotient(BigInt(minor) * factor.numerator, factor.denominator));
}

/**
 * Parts of one total in another currency: the total is converted first, then split, so that the parts add up to it to
 * the minor unit (decisions 25). Each part is its exact value rounded down or up; the units left over go to the largest
 * remainders, ties to the earlier part. Parts may be negative. Null beyond 2^53 − 1.
 */
export function convertParts(parts: readonly number[], factor: ExchangeFactor): number[] | null {
  const { denominator } = factor;
  const exact = parts.map((part) => BigInt(part) * factor.numerator);
  const floors = exact.map((value) => floorQuotient(value, denominator));
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
  const total = roundedQuotient(sum(exact), denominator);
  const leftOver = Number(total - sum(floors));
  const raised = new Set(
    exact
      .map((value, index) => ({ index, remainder: value - (floors[index] ?? 0n) * denominator }))
      .toSorted((a, b) =>
        a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
      )
      .slice(0, leftOver)
      .map(({ index }) => index),
  );
  const converted = floors.map((value, index) => safeNumber(value + (raised.has(index) ? 1n : 0n)));
  return converted.every((value) => value !== null) && safeNumber(total) !== null ? converted : null;
}

/** a / b, half away from zero; b is above zero. */
export function roundedQuotient(a: bigint, b: bigint): bigint {
  const magnitude = a < 0n ? -a : a;
  const rounded = (2n * magnitude + b) / (2n * b);
  return a < 0n ? -rounded : rounded;
}

/** The whole number at or below a / b; b is above zero. */
function floorQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

function safeNumber(value: bigint): number | null {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}
