import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatCredit } from "#frontend/format/number.ts";

/** Minor units as money; where no currency is known the bare units stand. */
export function moneyIn(minor: number, currency: string | null): string {
  return currency === null ? formatCount(minor) : formatMoney(Math.round(minor), currency);
}

/** A change shows which way it went, also where it went up. */
export function signed(value: number, write: (value: number) => string): string {
  return value > 0 ? `+${write(value)}` : write(value);
}

export function signedMoney(minor: number, currency: string | null): string {
  return signed(minor, (value) => moneyIn(value, currency));
}

/** The same of conversions, of which parts add up to 0 but for rounding. */
export function signedCredit(conversions: number): string {
  const shown = Math.round(conversions * 100) / 100;
  return signed(Math.abs(shown) === 0 ? 0 : shown, formatCredit);
}
