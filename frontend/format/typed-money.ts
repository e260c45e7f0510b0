import { currencyExponent } from "#core/money/currency-exponent.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";

type Typed =
  | { kind: "amount"; minor: number }
  | { kind: "no_amount" }
  | { kind: "too_many_decimals" }
  /** One mark with three digits after it: it parts thousands for one reader and is the decimal mark for another. */
  | { kind: "ambiguous"; whole: string; fraction: string };

/**
 * Minor units → "1234.50" for an input; null → "". Up to "999.999" of a currency with three decimals has a leading zero,
 * which no mark between thousands can follow: it is read back as what it was.
 */
export function moneyToInput(minor: number | null, currency: string): string {
  if (minor === null) return "";
  const text = formatMajorUnits(minor, currencyExponent(currency));
  return LONE_MARK.test(text) ? `0${text}` : text;
}

/** What a person typed, "1,234.50", "1.234,5" or "1 234", in minor units; null when it is not one certain amount. */
export function parseMoney(text: string, currency: string): number | null {
  const typed = readTyped(text, currency);
  return typed.kind === "amount" ? typed.minor : null;
}

/** Why what was typed is not taken, for its field; null for an amount. `example` is one with two decimals. */
export function moneyError(text: string, currency: string, example: string): string | null {
  const typed = readTyped(text, currency);
  const decimals = currencyExponent(currency);
  const like = decimals === 0 ? example.replace(/\.\d+$/, "") : example;
  switch (typed.kind) {
    case "amount":
      return null;
    case "ambiguous":
      return ambiguityOf(typed, currency);
    case "too_many_decimals":
      return `${decimalsOf(currency)}: enter an amount like ${like}`;
    case "no_amount":
      return `Enter an amount in ${currency}, like ${like}`;
  }
}

const LONE_MARK = /^([1-9]\d{0,2})[.,](\d{3})$/;
// The same mark between all groups; Indian groups of two are written with a comma alone.
const WHOLE = /^(?:\d{1,13}|\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})$/;

function readTyped(text: string, currency: string): Typed {
  const plain = text.trim().replaceAll(/\s/g, " ").replaceAll("’", "'");
  const [, before = "", after = ""] = LONE_MARK.exec(plain) ?? [];
  if (before !== "") return { kind: "ambiguous", whole: before, fraction: after };
  const { whole, fraction } = splitAtDecimalMark(plain);
  if (!WHOLE.test(whole) || !/^\d*$/.test(fraction)) return { kind: "no_amount" };
  const exponent = currencyExponent(currency);
  if (fraction.length > exponent) return { kind: "too_many_decimals" };
  const minor = Number(whole.replaceAll(/\D/g, "") + fraction.padEnd(exponent, "0"));
  return Number.isSafeInteger(minor) ? { kind: "amount", minor } : { kind: "no_amount" };
}

/** The last mark is the decimal mark, unless it comes more than once: then it parts thousands. */
function splitAtDecimalMark(plain: string): { whole: string; fraction: string } {
  const at = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  const mark = plain[at];
  if (mark === undefined || plain.indexOf(mark) !== at) return { whole: plain, fraction: "" };
  const whole = plain.slice(0, at);
  // "1." and ".5" are left as they are, which no amount is.
  const isBare = at === plain.length - 1 || whole === "";
  return isBare ? { whole: plain, fraction: "" } : { whole, fraction: plain.slice(at + 1) };
}

function ambiguityOf({ whole, fraction }: { whole: string; fraction: string }, currency: string): string {
  const decimals = currencyExponent(currency);
  const thousands = `${whole}${fraction}`;
  if (decimals === 3)
    return `Is that ${thousands} or ${whole}.${fraction}? Enter ${thousands} or 0${whole}.${fraction}`;
  const isExact = decimals > 0 && /^0*$/.test(fraction.slice(decimals));
  const small = `${whole}.${isExact ? fraction.slice(0, decimals) : fraction}`;
  const question = `Is that ${thousands} or ${small}? Enter it without a mark between thousands`;
  return isExact ? question : `${question}: ${decimalsOf(currency)}`;
}

function decimalsOf(currency: string): string {
  return `${currency} has ${currencyExponent(currency) || "no"} decimals`;
}
