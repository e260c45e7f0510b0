import { currencyExponent } from "#core/money/currency-exponent.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";
import { locale } from "./locale.ts";

const formats = new Map<string, Intl.NumberFormat>();

/** Whole minor units → "€1,234.50", exact: Intl gets the decimal string, never a float. */
export function formatMoney(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  return formatOf(currency, exponent, false).format(formatMajorUnits(minor, exponent));
}

/** For tiles and tables, where cents are noise: whole units from 100 up, "€1,235". */
export function formatMoneyShort(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const major = minor / 10 ** exponent;
  return Math.abs(major) < 100 ? formatMoney(minor, currency) : formatOf(currency, 0, false).format(major);
}

/** For axes: "€12K". */
export function formatMoneyCompact(minor: number, currency: string): string {
  return formatOf(currency, 0, true).format(minor / 10 ** currencyExponent(currency));
}

function formatOf(currency: string, digits: number, compact: boolean): Intl.NumberFormat {
  const key = `${currency} ${digits} ${compact}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: compact ? 1 : digits,
    ...(compact ? { notation: "compact" as const } : {}),
  });
  formats.set(key, made);
  return made;
}
