import { currencyExponent } from "#core/money/currency-exponent.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";

/** The dash that stands for "no base": a missing figure is never shown as 0. */
export const NO_VALUE = "–";

/** How a report writes numbers, money and days: one locale and one currency for all of it. */
export type ReportFormats = {
  /** The locale that numbers are written in, which this runtime knows. */
  locale: string;
  /** 12345 → "12,345". */
  count: (value: number) => string;
  /** Credit may be a fraction of a conversion: two decimals, none when whole. */
  credit: (value: number) => string;
  /** The same with two decimals always, so that a column of them aligns. */
  fractionalCredit: (value: number) => string;
  /** Minor units, exact: 124800 → "€1,248.00". */
  money: (minor: number) => string;
  /** Without the decimals, for the ends of intervals: "€1,248". */
  wholeMoney: (minor: number) => string;
  /** The same in another currency than the report's. */
  moneyIn: (currency: string, minor: number) => string;
  /** A decimal of any length, digit for digit: "0.921400" → "0,921400" in German. */
  decimal: (text: string) => string;
  /** For axes: "€1.2K". */
  shortMoney: (minor: number) => string;
  shortCount: (value: number) => string;
  /** 0.1234 → "12.3%". */
  percent: (value: number) => string;
  /** 0.1234 → "12%", for prose. */
  wholePercent: (value: number) => string;
  /** 3.04 → "3.04×". */
  ratio: (value: number) => string;
  /** "9 Mar 2026". */
  day: (day: string) => string;
  /** "9 Mar". */
  shortDay: (day: string) => string;
  /** "1–30 November 2026". */
  range: (range: { from: string; to: string }) => string;
  /** "3 Dec 2026, 09:12 CET". */
  instant: (iso: string) => string;
};

export type FormatOptions = { currency: string; timeZone: string; language?: string; locale?: string };

/** A locale of another language writes the numbers; the days are in the report's own language. */
export function reportFormats(options: FormatOptions): ReportFormats {
  const { currency, timeZone, language = "en", locale = "en-GB" } = options;
  const known = knownLocale(locale, language);
  return {
    locale: known,
    ...numberFormats(known),
    ...moneyFormats(known, currency),
    ...dayFormats(dayLocale(known, language), timeZone),
  };
}

/** Digits are the ones the fonts have, whatever the locale's own. */
function knownLocale(locale: string, language: string): string {
  try {
    return new Intl.Locale(locale, { numberingSystem: "latn", calendar: "gregory" }).toString();
  } catch {
    return new Intl.Locale(language, { numberingSystem: "latn" }).toString();
  }
}

function dayLocale(locale: string, language: string): string {
  const { region, language: spoken } = new Intl.Locale(locale);
  if (spoken === language) return locale;
  return region === undefined ? language : new Intl.Locale(language, { region }).toString();
}

type NumberNames =
  | "count"
  | "credit"
  | "fractionalCredit"
  | "shortCount"
  | "percent"
  | "wholePercent"
  | "decimal"
  | "ratio";

function numberFormats(locale: string): Pick<ReportFormats, NumberNames> {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const credit = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const tenths = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const wholePercent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const ratio = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return {
    count: (value) => withMinus(whole.format(value)),
    credit: (value) => withMinus(credit.format(value)),
    fractionalCredit: (value) => withMinus(ratio.format(value)),
    shortCount: (value) => withMinus(short.format(value)),
    percent: (value) => withMinus(tenths.format(value)),
    wholePercent: (value) => withMinus(wholePercent.format(value)),
    ratio: (value) => `${withMinus(ratio.format(value))}×`,
    decimal: (text) => decimalText(text, locale),
  };
}

/** Rates are decimal text: a double would round the longest of them. */
function decimalText(text: string, locale: string): string {
  if (!isDecimal(text)) return text;
  const fraction = text.split(".")[1] ?? "";
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: Math.min(20, fraction.length),
    maximumFractionDigits: Math.min(20, fraction.length),
  });
  return withMinus(format.format(text));
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

type MoneyNames = "money" | "wholeMoney" | "moneyIn" | "shortMoney";

function moneyFormats(locale: string, currency: string): Pick<ReportFormats, MoneyNames> {
  const exponent = currencyExponent(currency);
  const short = moneyFormat(locale, currency, {
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  });
  return {
    money: exactMoney(locale, currency),
    wholeMoney: exactMoney(locale, currency, 0),
    moneyIn: (other, minor) => exactMoney(locale, other)(minor),
    shortMoney: (minor) => withMinus(short(formatMajorUnits(roundHalfAway(minor), exponent))),
  };
}

/** The decimal string keeps amounts exact that a double of major units would round. */
function exactMoney(
  locale: string,
  currency: string,
  decimals = currencyExponent(currency),
): (minor: number) => string {
  const exponent = currencyExponent(currency);
  const exact = moneyFormat(locale, currency, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return (minor) => withMinus(exact(formatMajorUnits(roundHalfAway(minor), exponent)));
}

/** A code that Intl refuses (it must be three letters) is written in front of the number. */
function moneyFormat(locale: string, currency: string, options: Intl.NumberFormatOptions) {
  if (/^[A-Za-z]{3}$/.test(currency)) {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency, ...options });
    return (value: `${number}`): string => format.format(value);
  }
  const format = new Intl.NumberFormat(locale, options);
  return (value: `${number}`): string => `${currency} ${format.format(value)}`.trim();
}

function dayFormats(
  locale: string,
  timeZone: string,
): Pick<ReportFormats, "day" | "shortDay" | "range" | "instant"> {
  // Days have no zone of their own: they are read and written in UTC.
  const day = utcFormat(locale, { day: "numeric", month: "short", year: "numeric" });
  const shortDay = utcFormat(locale, { day: "numeric", month: "short" });
  const longDay = utcFormat(locale, { day: "numeric", month: "long", year: "numeric" });
  const instant = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "long",
    timeZone: knownZone(timeZone),
    hourCycle: "h23",
  });
  const write = (format: Intl.DateTimeFormat, text: string): string => {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? text : withPlainSpaces(format.format(ms));
  };
  return {
    day: (text) => write(day, text),
    shortDay: (text) => write(shortDay, text),
    instant: (iso) => write(instant, iso),
    range: ({ from, to }) => {
      const [start, end] = [Date.parse(from), Date.parse(to)];
      if (Number.isNaN(start) || Number.isNaN(end)) return `${from} – ${to}`;
      const written =
        start <= end ? longDay.formatRange(start, end) : `${longDay.format(start)} – ${longDay.format(end)}`;
      return closeDays(withPlainSpaces(written));
    },
  };
}

/** Runtimes differ in the blanks they write (thin, narrow, plain); a report must not. */
function withPlainSpaces(text: string): string {
  return text.replace(/[\u2009\u202f]/g, " ");
}

/** "1 – 30 November 2026" → "1–30 November 2026"; between whole dates the blanks stay. */
function closeDays(text: string): string {
  return text.replace(/^(\d+\.?) – (\d+)/, "$1–$2");
}

function utcFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
}

/** A stored zone may be unknown to this runtime's tables; the report then says UTC rather than fail. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** Typographic minus: as wide as the plus and the digits. */
function withMinus(text: string): string {
  return text.replace("-", "−");
}

function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
