/**
 * Whole minor units as a decimal string of major units, exact at any size: (-5, 2) → "-0.05", (1234, 0) → "1234".
 * For machines (CSV, JSON): a point, no grouping. `exponent` is the currency's, by ISO 4217.
 */
export function formatMajorUnits(minor: number, exponent: number): `${number}` {
  const sign = minor < 0 ? "-" : "";
  const digits = BigInt(Math.abs(minor))
    .toString()
    .padStart(exponent + 1, "0");
  if (exponent === 0) return `${sign}${digits}` as `${number}`;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}` as `${number}`;
}
