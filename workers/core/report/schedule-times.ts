import { addMonths, dayOfMonth, quarterStart, weekStart } from "#core/time/calendar.ts";
import { instantOfHour, localDay, wallClock } from "#core/time/local-time.ts";
import { addDays } from "#core/time/site-day.ts";

/** When a schedule sends, on the clock of its zone. */
export type Timing = {
  cadence: "daily" | "weekly" | "monthly" | "quarterly";
  /** Of weekly: 1 is Monday; Monday unless said. */
  weekday: number | null;
  /** Of monthly, and of quarterly in the quarter's first month; its last day where the month is shorter. 1 unless said. */
  monthDay: number | null;
  /** 0 to 23. */
  hour: number;
  /** IANA. */
  timeZone: string;
};

/** One time of sending: the day that it is for, which names its period, and the instant (epoch ms). */
export type Sending = { day: string; atMs: number };

const HOUR_MINUTES = 60;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * The first sending strictly after an instant. `minutes` is how long after the hour has struck, 0 to 59: schedules are
 * spread over the hour, lest all of them fire at its top.
 */
export function nextSending(timing: Timing, minutes: number, afterMs: number): Sending {
  // A day earlier: an hour that the clock leapt over may be sent on the day after its own.
  let day = sendingDayFrom(timing, addDays(localDay(afterMs, timing.timeZone), -1));
  for (;;) {
    const sending = sendingOn(timing, minutes, day);
    if (sending.atMs > afterMs) return sending;
    day = sendingDayFrom(timing, addDays(day, 1));
  }
}

/** The next sendings after an instant, in order. */
export function nextSendings(
  timing: Timing,
  minutes: number,
  after: { atMs: number; count: number },
): Sending[] {
  const sendings: Sending[] = [];
  let afterMs = after.atMs;
  while (sendings.length < after.count) {
    const sending = nextSending(timing, minutes, afterMs);
    sendings.push(sending);
    afterMs = sending.atMs;
  }
  return sendings;
}

/** The last sending at or before an instant. */
export function lastSending(timing: Timing, minutes: number, atMs: number): Sending {
  let day = sendingDayUntil(timing, localDay(atMs, timing.timeZone));
  for (;;) {
    const sending = sendingOn(timing, minutes, day);
    if (sending.atMs <= atMs) return sending;
    day = sendingDayUntil(timing, addDays(day, -1));
  }
}

/**
 * A schedule's minutes after the hour, 0 to 59: always the same for one public id, and evenly spread over all ids
 * (FNV-1a).
 */
export function minutesAfterHour(publicId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < publicId.length; index += 1) {
    hash = Math.imul(hash ^ publicId.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV-1a depend on little: the high ones are folded in.
  return ((hash ^ (hash >>> 16)) >>> 0) % HOUR_MINUTES;
}

/** What the clock leapt over is sent after the gap. An hour of which the clock shows only a part is begun with. */
function sendingOn({ hour, timeZone }: Timing, minutes: number, day: string): Sending {
  const struck = instantOfHour(day, hour, timeZone);
  const spread = struck + minutes * MINUTE_MS;
  const isSameHour = hourShown(spread, timeZone) === hourShown(struck, timeZone);
  return { day, atMs: isSameHour ? spread : struck };
}

function hourShown(atMs: number, timeZone: string): number {
  return Math.floor(wallClock(atMs, timeZone) / HOUR_MS);
}

/** The first day of sending from a day on. */
function sendingDayFrom(timing: Timing, day: string): string {
  const inPeriod = sendingDay(timing, day, 0);
  return inPeriod >= day ? inPeriod : sendingDay(timing, day, 1);
}

/** The last day of sending up to a day. */
function sendingDayUntil(timing: Timing, day: string): string {
  const inPeriod = sendingDay(timing, day, 0);
  return inPeriod <= day ? inPeriod : sendingDay(timing, day, -1);
}

/** The day of sending in a day's week, month or quarter, or in one some periods later. */
function sendingDay(timing: Timing, day: string, later: number): string {
  const { weekday, monthDay } = timing;
  switch (timing.cadence) {
    case "daily":
      return addDays(day, later);
    case "weekly":
      return addDays(weekStart(day), (weekday ?? 1) - 1 + 7 * later);
    case "monthly":
      return dayOfMonth(addMonths(day, later), monthDay ?? 1);
    case "quarterly":
      return dayOfMonth(addMonths(quarterStart(day), 3 * later), monthDay ?? 1);
  }
}
