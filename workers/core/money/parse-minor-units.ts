import { currencyExponent } from "./currency-exponent.ts";
import { decimalText } from "./decimal-text.ts";

/**
 * Major units as a decimal string or number, in whole minor units of the currency, half away from zero:
 * ("49.905", EUR) → 4991, ("7", JPY) → 7. Null when it is negative, no decimal number, or beyond 2^53 − 1.
 */
export function parseMinorUnits(value: string | number, currency: string): number | null {
  const text = decimalText(value);
  if (text === null) return null;
  const exponent = currencyExponent(currency);
  const [whole = "0", fraction = ""] = text.split(".");
  const kept = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  const minor = Number(kept + (Number(fraction[exponent] ?? "0") >= 5 ? 1n : 0n));
  return Number.isSafeInteger(minor) ? minor : null;
}
