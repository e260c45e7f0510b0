import { instantOfMinute, localDay, wallClock } from "#core/time/local-time.ts";
import { addDays } from "#core/time/site-day.ts";

const MINUTE_MS = 60_000;
const MINUTES_OF_DAY = 1_440;

/** Minutes of the day on the clock of a zone; an end before the start is that of the next day. */
export type QuietHours = { fromMinute: number; toMinute: number; timeZone: string };

/**
 * The instant (epoch ms) at which the quiet hours end that an instant lies in; null outside of them. Where the clock is
 * set, they are what the clock shows.
 */
export function quietUntil(quiet: QuietHours | null, atMs: number): number | null {
  if (quiet === null || quiet.fromMinute === quiet.toMinute) return null;
  const { fromMinute, toMinute, timeZone } = quiet;
  const minute = Math.floor(wallClock(atMs, timeZone) / MINUTE_MS) % MINUTES_OF_DAY;
  const isOverMidnight = toMinute < fromMinute;
  const isQuiet = isOverMidnight
    ? minute >= fromMinute || minute < toMinute
    : minute >= fromMinute && minute < toMinute;
  if (!isQuiet) return null;

  const today = localDay(atMs, timeZone);
  const endDay = isOverMidnight && minute >= fromMinute ? addDays(today, 1) : today;
  const end = instantOfMinute(endDay, toMinute, timeZone);
  // Where an hour comes twice, its first end has gone by in the second one: nothing is held back then.
  return end > atMs ? end : null;
}
