import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  lastSending,
  minutesAfterHour,
  nextSending,
  nextSendings,
  type Timing,
} from "#core/report/schedule-times.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const timing = (given: Partial<Timing>): Timing => ({
  cadence: "daily",
  weekday: null,
  monthDay: null,
  hour: 8,
  timeZone: "Europe/Berlin",
  ...given,
});

/** The sendings after an instant, as days and instants. */
function sendings(given: Partial<Timing>, after: string, { count = 3, minutes = 0 } = {}): string[][] {
  return nextSendings(timing(given), minutes, { atMs: Date.parse(after), count }).map(({ day, atMs }) => [
    day,
    new Date(atMs).toISOString().slice(0, 16),
  ]);
}

describe("the days of sending", () => {
  it.each<[string, Partial<Timing>, string, string[]]>([
    ["daily", {}, "2026-02-27T12:00:00Z", ["2026-02-28", "2026-03-01", "2026-03-02"]],
    // 2026-03-09 is a Monday.
    [
      "weekly, a Monday unless said",
      { cadence: "weekly" },
      "2026-03-08T12:00:00Z",
      ["2026-03-09", "2026-03-16", "2026-03-23"],
    ],
    [
      "weekly on Sunday",
      { cadence: "weekly", weekday: 7 },
      "2026-03-08T12:00:00Z",
      ["2026-03-15", "2026-03-22", "2026-03-29"],
    ],
    [
      "weekly, the same day before the hour",
      { cadence: "weekly", weekday: 7 },
      "2026-03-08T05:00:00Z",
      ["2026-03-08", "2026-03-15", "2026-03-22"],
    ],
    [
      "monthly on the 31st",
      { cadence: "monthly", monthDay: 31 },
      "2026-01-31T12:00:00Z",
      ["2026-02-28", "2026-03-31", "2026-04-30"],
    ],
    [
      "monthly on the 30th of a leap year",
      { cadence: "monthly", monthDay: 30 },
      "2028-01-30T12:00:00Z",
      ["2028-02-29", "2028-03-30", "2028-04-30"],
    ],
    [
      "monthly over the new year",
      { cadence: "monthly", monthDay: 1 },
      "2026-11-01T12:00:00Z",
      ["2026-12-01", "2027-01-01", "2027-02-01"],
    ],
    [
      "quarterly",
      { cadence: "quarterly", monthDay: 1 },
      "2026-01-01T12:00:00Z",
      ["2026-04-01", "2026-07-01", "2026-10-01"],
    ],
    [
      "quarterly on the 31st, of the quarter's first month",
      { cadence: "quarterly", monthDay: 31 },
      "2026-02-01T12:00:00Z",
      ["2026-04-30", "2026-07-31", "2026-10-31"],
    ],
  ])("%s", (_, ...[given, after, days]) => {
    expect(sendings(given, after).map(([day]) => day)).toEqual(days);
  });
});

describe("the instant of sending", () => {
  it.each<[string, Partial<Timing>, string, string[][]]>([
    [
      "at the same hour in summer and winter",
      {},
      "2026-03-28T00:00:00Z",
      [
        ["2026-03-28", "2026-03-28T07:00"],
        ["2026-03-29", "2026-03-29T06:00"],
        ["2026-03-30", "2026-03-30T06:00"],
      ],
    ],
    // 02:00 becomes 03:00 at 01:00Z.
    [
      "after the gap where the hour does not exist (Berlin)",
      { hour: 2 },
      "2026-03-28T02:00:00Z",
      [
        ["2026-03-29", "2026-03-29T01:00"],
        ["2026-03-30", "2026-03-30T00:00"],
        ["2026-03-31", "2026-03-31T00:00"],
      ],
    ],
    // 03:00 becomes 02:00 at 01:00Z: 02:00 is at 00:00Z and at 01:00Z.
    [
      "the first time where the hour comes twice (Berlin)",
      { hour: 2 },
      "2026-10-24T02:00:00Z",
      [
        ["2026-10-25", "2026-10-25T00:00"],
        ["2026-10-26", "2026-10-26T01:00"],
        ["2026-10-27", "2026-10-27T01:00"],
      ],
    ],
    [
      "after the gap (New York)",
      { hour: 2, timeZone: "America/New_York" },
      "2026-03-07T08:00:00Z",
      [
        ["2026-03-08", "2026-03-08T07:00"],
        ["2026-03-09", "2026-03-09T06:00"],
        ["2026-03-10", "2026-03-10T06:00"],
      ],
    ],
    [
      "the first time (New York)",
      { hour: 1, timeZone: "America/New_York" },
      "2026-10-31T08:00:00Z",
      [
        ["2026-11-01", "2026-11-01T05:00"],
        ["2026-11-02", "2026-11-02T06:00"],
        ["2026-11-03", "2026-11-03T06:00"],
      ],
    ],
    // Lord Howe: 02:00 becomes 02:30 on 2026-10-04 at 15:30Z of the day before; 02:00 becomes 01:30 on 2026-04-05 at 15:00Z.
    [
      "after the gap of half an hour (Lord Howe)",
      { hour: 2, timeZone: "Australia/Lord_Howe" },
      "2026-10-03T00:00:00Z",
      [
        ["2026-10-04", "2026-10-03T15:30"],
        ["2026-10-05", "2026-10-04T15:00"],
        ["2026-10-06", "2026-10-05T15:00"],
      ],
    ],
    [
      "the first time of the doubled half hour (Lord Howe)",
      { hour: 1, timeZone: "Australia/Lord_Howe" },
      "2026-04-04T00:00:00Z",
      [
        ["2026-04-05", "2026-04-04T14:00"],
        ["2026-04-06", "2026-04-05T14:30"],
        ["2026-04-07", "2026-04-06T14:30"],
      ],
    ],
    [
      "in a zone of half hours (Kolkata)",
      { hour: 9, timeZone: "Asia/Kolkata" },
      "2026-03-08T00:00:00Z",
      [
        ["2026-03-08", "2026-03-08T03:30"],
        ["2026-03-09", "2026-03-09T03:30"],
        ["2026-03-10", "2026-03-10T03:30"],
      ],
    ],
    // Beirut leaps over midnight: 00:00 becomes 01:00 at 22:00Z.
    [
      "after the gap where a day begins at one (Beirut)",
      { hour: 0, timeZone: "Asia/Beirut" },
      "2026-03-28T00:00:00Z",
      [
        ["2026-03-29", "2026-03-28T22:00"],
        ["2026-03-30", "2026-03-29T21:00"],
        ["2026-03-31", "2026-03-30T21:00"],
      ],
    ],
    // Apia left out 30 December 2011.
    [
      "once for a day that was left out (Apia)",
      { hour: 9, timeZone: "Pacific/Apia" },
      "2011-12-29T12:00:00Z",
      [
        ["2011-12-29", "2011-12-29T19:00"],
        ["2011-12-30", "2011-12-30T10:00"],
        ["2011-12-31", "2011-12-30T19:00"],
      ],
    ],
  ])("%s", (_, ...[given, after, expected]) => {
    expect(sendings(given, after)).toEqual(expected);
  });

  it("begins an hour that is cut short, where the minutes would lead out of it", () => {
    const lordHowe = { hour: 2, timeZone: "Australia/Lord_Howe" };
    expect(sendings(lordHowe, "2026-10-03T00:00:00Z", { count: 2, minutes: 45 })).toEqual([
      ["2026-10-04", "2026-10-03T15:30"],
      ["2026-10-05", "2026-10-04T15:45"],
    ]);
  });
});

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Beirut",
];

const timings = fc.record({
  cadence: fc.constantFrom("daily", "weekly", "monthly", "quarterly"),
  weekday: fc.option(fc.integer({ min: 1, max: 7 })),
  monthDay: fc.option(fc.integer({ min: 1, max: 31 })),
  hour: fc.integer({ min: 0, max: 23 }),
  timeZone: fc.constantFrom(...ZONES),
}) satisfies fc.Arbitrary<Timing>;
const instants = fc
  .integer({ min: Date.UTC(2012, 0, 1) / 1_000, max: Date.UTC(2040, 0, 1) / 1_000 })
  .map((s) => s * 1_000);
const minutesOf = fc.integer({ min: 0, max: 59 });

/** The clock of a zone, read from Intl in another way than the code does: `YYYY-MM-DD hh:mm`. */
function shown(atMs: number, format: Intl.DateTimeFormat): string {
  return format.format(atMs).replace(",", "");
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
}

describe("laws of sending times", () => {
  it("sends in the first minute that shows the hour of the day or later, plus the minutes", () => {
    fc.assert(
      fc.property(timings, minutesOf, instants, (given, minutes, atMs) => {
        const { day, atMs: sentMs } = nextSending(given, minutes, atMs);
        const clock = clockOf(given.timeZone);
        const wanted = `${day} ${String(given.hour).padStart(2, "0")}:00`;
        // From a day before on, minute by minute.
        let struck = Math.floor((sentMs - DAY_MS) / MINUTE_MS) * MINUTE_MS;
        while (shown(struck, clock) < wanted) struck += MINUTE_MS;
        const late = sentMs - struck;
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(HOUR_MS);
        expect([0, minutes * MINUTE_MS]).toContain(late);
        expect(shown(sentMs, clock).slice(0, 13)).toBe(shown(struck, clock).slice(0, 13));
      }),
      { numRuns: 60 },
    );
  });

  it("goes forward, leaves nothing out, and agrees with itself backwards", () => {
    fc.assert(
      fc.property(timings, minutesOf, instants, (given, minutes, atMs) => {
        const next = nextSending(given, minutes, atMs);
        expect(next.atMs).toBeGreaterThan(atMs);
        const last = lastSending(given, minutes, atMs);
        expect(last.atMs).toBeLessThanOrEqual(atMs);
        expect(nextSending(given, minutes, last.atMs)).toEqual(next);
        expect(lastSending(given, minutes, next.atMs)).toEqual(next);
        expect(lastSending(given, minutes, next.atMs - 1)).toEqual(last);
      }),
      { numRuns: 300 },
    );
  });

  it("sends a daily schedule once for each day of the calendar", () => {
    fc.assert(
      fc.property(timings, minutesOf, (given, minutes) => {
        const daily = { ...given, cadence: "daily" } as const;
        const all = nextSendings(daily, minutes, { atMs: Date.UTC(2025, 11, 31), count: 400 });
        const days = all.map(({ day }) => day);
        expect(new Set(days).size).toBe(400);
        expect(days).toEqual(days.toSorted());
        const [first = "", last = ""] = [days[0], days.at(-1)];
        expect((Date.parse(last) - Date.parse(first)) / DAY_MS).toBe(399);
      }),
      { numRuns: 20 },
    );
  });
});

it("spreads schedules over the hour, each always at the same minute", () => {
  const counts = Array.from({ length: 60 }, () => 0);
  for (let index = 0; index < 6_000; index += 1) {
    const minutes = minutesAfterHour(`sch_3Xk${index}Qa`);
    expect(minutesAfterHour(`sch_3Xk${index}Qa`)).toBe(minutes);
    counts[minutes] = (counts[minutes] ?? 0) + 1;
  }
  expect(counts).toHaveLength(60);
  expect(Math.min(...counts)).toBeGreaterThan(60);
  expect(Math.max(...counts)).toBeLessThan(140);
});
