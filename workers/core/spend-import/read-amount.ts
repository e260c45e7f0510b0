/** What stands between whole and fraction. */
export type DecimalMark = "." | ",";

export type AmountFault = "no_amount" | "negative";
export type ReadAmount = { decimal: string; currency: string | null } | { fault: AmountFault };

/** Signs that stand for one currency. A bare $ may be any dollar: it is the column's or the campaign's currency. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/€/, "EUR"],
  [/£/, "GBP"],
  [/US\s?\$/i, "USD"],
  [/C(?:A)?\s?\$/i, "CAD"],
  [/A(?:U)?\s?\$/i, "AUD"],
  [/₹/, "INR"],
  [/₩/, "KRW"],
  [/₴/, "UAH"],
  [/₺/, "TRY"],
  [/zł/i, "PLN"],
  [/Kč/i, "CZK"],
  [/Ft\b/i, "HUF"],
  [/\bFr\.?/i, "CHF"],
];

/**
 * An amount as people and exports write it, "1.234,56 €", "$1,234.56", "1 234,5 EUR": an exact decimal of major units and
 * the currency that it names. Brackets or a minus are a negative amount, which spend is not.
 */
export function readAmount(text: string, mark: DecimalMark): ReadAmount {
  const digits = digitsOf(text);
  const decimal = digits === null ? null : toDecimal(digits, mark);
  if (decimal === null) return { fault: "no_amount" };
  if (/^\s*\(.*\)\s*$/.test(text) || /^[^\d]*[-−]/.test(text)) return { fault: "negative" };
  return { decimal, currency: namedCurrency(text) };
}

/** The decimal mark of a column: told by a cell with both, or with one that three digits do not follow. */
export function guessDecimalMark(cells: readonly string[], fallback: DecimalMark): DecimalMark {
  for (const cell of cells) {
    const digits = digitsOf(cell) ?? "";
    const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
    if (last < 0) continue;
    const mark = digits[last] === "," ? "," : ".";
    const other = mark === "," ? "." : ",";
    const isRepeated = digits.indexOf(mark) !== last;
    if (digits.includes(other)) return mark;
    if (isRepeated) return other;
    if (digits.length - last - 1 !== 3) return mark;
  }
  return fallback;
}

/** The code or sign in a cell; null where none is certain. */
function namedCurrency(text: string): string | null {
  const code = /(?:^|[^A-Za-z])([A-Z]{3})(?:[^A-Za-z]|$)/.exec(text)?.[1];
  return code ?? SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null;
}

/** Digits and marks of a cell, without the spaces and apostrophes that group them; null without a digit. */
function digitsOf(text: string): string | null {
  const digits = text.replaceAll(/[\s'’\u00A0\u202F]/g, "").match(/\d[\d.,]*/g);
  return digits?.length === 1 ? (digits[0] ?? null) : null;
}

/** "1.234,56" with "," → "1234.56"; null where marks stand in the wrong place. */
function toDecimal(digits: string, mark: DecimalMark): string | null {
  const group = mark === "," ? "." : ",";
  const [whole = "", ...fractions] = digits.split(mark);
  if (fractions.length > 1 || fractions.some((part) => part.includes(group))) return null;
  if (whole.includes(group) && !new RegExp(`^\\d{1,3}(?:\\${group}\\d{2,3})*\\${group}\\d{3}$`).test(whole))
    return null;
  const [fraction = ""] = fractions;
  return `${whole.replaceAll(group, "")}${fraction === "" ? "" : `.${fraction}`}`;
}
