import { locale } from "./locale.ts";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
const credit = new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(locale, {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const wholePercent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
const ratio = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The dash that stands for "no base": a missing figure is never shown as 0. */
export const NO_VALUE = "–";

/** 12345 → "12,345". */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** 12345 → "12.3K", for axes and tight places. */
export function formatCompact(value: number): string {
  return Math.abs(value) < 1_000 ? credit.format(value) : compact.format(value);
}

/** Attribution credit may be a fraction of a conversion: two decimals, none when whole. */
export function formatCredit(value: number): string {
  return credit.format(value);
}

/** 0.1234 → "12.3%"; null → "–". */
export function formatShare(value: number | null): string {
  return value === null ? NO_VALUE : percent.format(value);
}

/** 1.284 → "128%", where tenths are noise. */
export function formatWholeShare(value: number): string {
  return wholePercent.format(value);
}

/** "1 rate", "2 rates". */
export function formatCounted(count: number, one: string, many: string): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** 4.2 → "4.20×", as ROAS is read; null → "–". */
export function formatMultiple(value: number | null): string {
  return value === null ? NO_VALUE : `${ratio.format(value)}×`;
}

/** A change against a base: 0.12 → "12%", without the sign, which the words "up" and "down" carry. */
export function formatChange(value: number): string {
  const size = Math.abs(value);
  if (size > 9.99) return `${credit.format(Math.round(size * 10) / 10)}×`;
  return size < 0.1 ? percent.format(size) : wholePercent.format(size);
}

/** A change of a percentage, which is itself no percentage: from 10 % to 13.2 % is "3.2 points". */
export function formatPoints(difference: number): string {
  return `${compactPoints.format(Math.abs(difference) * 100)} points`;
}

const compactPoints = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

const exactPercent = new Intl.NumberFormat(locale, {
  style: "percent",
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});

/** 0.22384513 → "22.3845%", where two figures are held against each other. */
export function formatExactShare(value: number): string {
  return exactPercent.format(value);
}

const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 173.14 → "173.1", 6 → "6.0": parts of conversions in a column, where points stand under points. */
export function formatTenths(value: number): string {
  return tenths.format(value);
}
