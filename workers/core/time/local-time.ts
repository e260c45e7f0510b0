/** The clock on the wall of an IANA zone, daylight saving time included. The instant is passed in. */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** No zone is further from UTC than 14 hours, and none changes its clock twice within two days. */
const AROUND_MS = 24 * HOUR_MS;

/** What the clock shows at an instant (epoch ms), as the epoch ms of a clock in UTC that shows the same. */
export function wallClock(atMs: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return shown + part("second") * 1_000 + modulo(atMs, 1_000);
}

/** The day that the clock shows at an instant (epoch ms). */
export function localDay(atMs: number, timeZone: string): string {
  return new Date(wallClock(atMs, timeZone)).toISOString().slice(0, 10);
}

/**
 * The first instant (epoch ms) at which the clock shows a day's hour or later. Where the hour comes twice that is the
 * first of the two; where the clock leaps over it, the first instant after the gap.
 */
export function instantOfHour(day: string, hour: number, timeZone: string): number {
  return instantOfMinute(day, hour * 60, timeZone);
}

/** The same for a minute of the day, from 0. */
export function instantOfMinute(day: string, minute: number, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const before = offsetAt(wanted - AROUND_MS, timeZone);
  const after = offsetAt(wanted + AROUND_MS, timeZone);
  if (before === after) return wanted - before;

  const change = changeBetween(wanted - AROUND_MS, wanted + AROUND_MS, timeZone);
  return wanted - before < change ? wanted - before : Math.max(change, wanted - after);
}

/** What the clock shows at an instant, as people write it: `2026-03-09 14:05`. */
export function clockText(atMs: number, timeZone: string): string {
  return new Date(wallClock(atMs, timeZone)).toISOString().slice(0, 16).replace("T", " ");
}

/** How far the clock is ahead of UTC at an instant, in ms. */
function offsetAt(atMs: number, timeZone: string): number {
  return wallClock(atMs, timeZone) - atMs;
}

/** The minute in which the clock is set, by halving; there is one change between the two. */
function changeBetween(fromMs: number, toMs: number, timeZone: string): number {
  const before = offsetAt(fromMs, timeZone);
  let early = Math.floor(fromMs / MINUTE_MS);
  let late = Math.ceil(toMs / MINUTE_MS);
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(middle * MINUTE_MS, timeZone) === before) early = middle;
    else late = middle;
  }
  return late * MINUTE_MS;
}

/** A formatter is dear to make, and a batch of schedules asks for the same few zones over and over. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
