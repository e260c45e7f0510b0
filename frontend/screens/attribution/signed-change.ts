import { formatMoney } from "#frontend/format/money.ts";
import { formatCredit } from "#frontend/format/number.ts";

/** A change shows which way it went, also where it went up. */
export function signedMoney(minor: number, currency: string): string {
  return minor > 0 ? `+${formatMoney(minor, currency)}` : formatMoney(minor, currency);
}

/** The same of conversions, of which parts add up to 0 but for rounding. */
export function signedCredit(conversions: number): string {
  const shown = Math.round(conversions * 100) / 100;
  return shown > 0 ? `+${formatCredit(shown)}` : formatCredit(Math.abs(shown) === 0 ? 0 : shown);
}
