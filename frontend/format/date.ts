import { toMs } from "./day.ts";
import type { Day } from "./day.ts";
import { locale } from "./locale.ts";

const dayWithYear = new Intl.DateTimeFormat(locale, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const dayShort = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
const dayLong = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });

/** "9 Mar 2026". */
export function formatDay(day: Day): string {
  return dayWithYear.format(toMs(day));
}

/** "9 Mar", for axes. */
export function formatDayShort(day: Day): string {
  return dayShort.format(toMs(day));
}

/** "Mon, 9 Mar 2026", for tooltips. */
export function formatDayLong(day: Day): string {
  return dayLong.format(toMs(day));
}

/** "March 2026". */
export function formatMonth(day: Day): string {
  return month.format(toMs(day));
}

/** "1–30 Nov 2026": the locale decides what the two ends may share. */
export function formatDayRange(from: Day, to: Day): string {
  return from === to ? formatDay(from) : dayWithYear.formatRange(toMs(from), toMs(to));
}

const inZone = new Map<string, Intl.DateTimeFormat>();

/** An instant as the site's clock shows it: "23 Nov 2026, 14:05:09". */
export function formatInstant(at: number | string, zone: string): string {
  return zoned(zone, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(at));
}

/** An instant without seconds: "23 Nov 2026, 14:05". */
export function formatMinute(at: number | string, zone: string): string {
  return zoned(zone, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

/** Hours, minutes and seconds on the site's clock: "14:05:09". */
export function formatClock(at: number | string, zone: string): string {
  return zoned(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(
    new Date(at),
  );
}

/** Hours and minutes on the site's clock: "14:00". */
export function formatHour(at: number | string, zone: string): string {
  return zoned(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** The clock of an instant, with its day in front unless that is today: "14:05:09", "21 Nov, 14:05:09". */
export function formatLogTime(at: number | string, zone: string, now: number = Date.now()): string {
  const day = dayInZone(new Date(at).getTime(), zone);
  const clock = formatClock(at, zone);
  return day === dayInZone(now, zone) ? clock : `${formatDayShort(day)}, ${clock}`;
}

/** The site's day of an instant, which is what ranges are made of. */
export function dayInZone(at: number, zone: string): Day {
  const format = zonedParts(zone);
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

function zonedParts(zone: string): Intl.DateTimeFormat {
  return zoned(zone, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
}

function zoned(zone: string, options: Intl.DateTimeFormatOptions, language = locale): Intl.DateTimeFormat {
  const key = `${zone} ${language} ${JSON.stringify(options)}`;
  const known = inZone.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  inZone.set(key, made);
  return made;
}

const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const STEPS = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

/** "3 minutes ago", "yesterday", "just now". */
export function formatAgo(at: number | string, now: number = Date.now()): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1_000);
  const step = STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  if (step) return relative.format(Math.round(seconds / step.seconds), step.unit);
  return Math.abs(seconds) < 5 ? "just now" : relative.format(seconds, "second");
}
