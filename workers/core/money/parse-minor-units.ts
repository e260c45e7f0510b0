import { currencyExponent } from "./currency-exponent.ts";

const DECIMAL = /^(\d{1,18})(?:\.(\d{1,20}))?$/;

/**
 * Major units as a decimal string or number, in whole minor units of the currency, half away from zero:
 * ("49.905", EUR) → 4991, ("7", JPY) → 7. Null when it is negative, no decimal number, or beyond 2^53 − 1.
 */
export function parseMinorUnits(value: string | number, currency: string): number | null {
  const match = DECIMAL.exec(typeof value === "number" ? plainDecimal(value) : value.trim());
  if (!match) return null;
  const exponent = currencyExponent(currency);
  const [, whole = "0", fraction = ""] = match;
  const kept = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  const minor = Number(kept + (Number(fraction[exponent] ?? "0") >= 5 ? 1n : 0n));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** A number without exponent: 1e-7 is "0.0000001", and 1e21 is no amount of money. */
function plainDecimal(value: number): string {
  if (!Number.isFinite(value) || value < 0 || value >= 1e18) return "";
  const text = String(value);
  return text.includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : text;
}
