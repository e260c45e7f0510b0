import { currencyExponent } from "#core/money/currency-exponent.ts";

/** The number format of a currency: its sign where the locale has it, as many decimals as its minor unit (ISO 4217). */
export function currencyFormatCode(locale: string, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = exponent === 0 ? "#,##0" : `#,##0.${"0".repeat(exponent)}`;
  const { sign, isInFront, gap } = signOf(locale, currency);
  const code = isInFront ? `[$${sign}]${gap}${digits}` : `${digits}${gap}[$${sign}]`;
  return `${code};-${code}`;
}

function signOf(locale: string, currency: string): { sign: string; isInFront: boolean; gap: string } {
  // Intl refuses what is no three letters; such a code stands in front of the number.
  if (!/^[A-Za-z]{3}$/.test(currency)) return { sign: withoutMarks(currency), isInFront: true, gap: " " };
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency }).formatToParts(1);
  const at = parts.findIndex(({ type }) => type === "currency");
  const isInFront = at < parts.findIndex(({ type }) => type === "integer");
  const neighbour = parts[isInFront ? at + 1 : at - 1];
  const gap = neighbour?.type === "literal" ? " " : "";
  return { sign: withoutMarks(parts[at]?.value ?? currency), isInFront, gap };
}

/** `]` would end the sign, and `-` begin the code of a country. */
function withoutMarks(sign: string): string {
  return sign.replace(/[[\]\-"]/g, "");
}
