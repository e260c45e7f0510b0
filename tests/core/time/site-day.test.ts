import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addDays,
  daysBetween,
  daysOf,
  isDay,
  isTimeZone,
  previousRange,
  siteDay,
} from "#core/time/site-day.ts";

describe("the site's day of an instant", () => {
  it.each([
    ["2026-03-09T12:00:00.000Z", "UTC", "2026-03-09"],
    ["2026-03-08T23:59:59.999Z", "UTC", "2026-03-08"],
    ["2026-03-09T00:00:00.000Z", "UTC", "2026-03-09"],
    // Berlin: winter +1, summer +2 from 2026-03-29T01:00Z to 2026-10-25T01:00Z.
    ["2026-01-31T22:59:59.999Z", "Europe/Berlin", "2026-01-31"],
    ["2026-01-31T23:00:00.000Z", "Europe/Berlin", "2026-02-01"],
    ["2026-03-28T22:59:59.999Z", "Europe/Berlin", "2026-03-28"],
    ["2026-03-28T23:00:00.000Z", "Europe/Berlin", "2026-03-29"],
    ["2026-03-29T21:59:59.999Z", "Europe/Berlin", "2026-03-29"],
    ["2026-03-29T22:00:00.000Z", "Europe/Berlin", "2026-03-30"],
    ["2026-10-24T22:00:00.000Z", "Europe/Berlin", "2026-10-25"],
    ["2026-10-25T22:59:59.999Z", "Europe/Berlin", "2026-10-25"],
    ["2026-10-25T23:00:00.000Z", "Europe/Berlin", "2026-10-26"],
    // New York: −5, and −4 from 2026-03-08T07:00Z to 2026-11-01T06:00Z.
    ["2026-03-08T04:59:59.999Z", "America/New_York", "2026-03-07"],
    ["2026-03-08T05:00:00.000Z", "America/New_York", "2026-03-08"],
    ["2026-03-09T03:59:59.999Z", "America/New_York", "2026-03-08"],
    ["2026-03-09T04:00:00.000Z", "America/New_York", "2026-03-09"],
    ["2026-11-02T04:59:59.999Z", "America/New_York", "2026-11-01"],
    ["2026-11-02T05:00:00.000Z", "America/New_York", "2026-11-02"],
    // Lord Howe shifts by half an hour: +11 in summer, +10:30 in winter.
    ["2026-01-14T12:59:59.999Z", "Australia/Lord_Howe", "2026-01-14"],
    ["2026-01-14T13:00:00.000Z", "Australia/Lord_Howe", "2026-01-15"],
    ["2026-07-14T13:29:59.999Z", "Australia/Lord_Howe", "2026-07-14"],
    ["2026-07-14T13:30:00.000Z", "Australia/Lord_Howe", "2026-07-15"],
    ["2026-03-08T18:29:59.999Z", "Asia/Kolkata", "2026-03-08"],
    ["2026-03-08T18:30:00.000Z", "Asia/Kolkata", "2026-03-09"],
    // Apia left out 30 December 2011: it went from −10 to +14.
    ["2011-12-30T09:59:59.999Z", "Pacific/Apia", "2011-12-29"],
    ["2011-12-30T10:00:00.000Z", "Pacific/Apia", "2011-12-31"],
    ["2026-03-08T10:59:59.999Z", "Pacific/Apia", "2026-03-08"],
    ["2026-03-08T11:00:00.000Z", "Pacific/Apia", "2026-03-09"],
    ["1970-01-01T00:00:00.000Z", "UTC", "1970-01-01"],
    ["1969-12-31T23:59:59.999Z", "UTC", "1969-12-31"],
    ["2028-02-29T12:00:00.000Z", "UTC", "2028-02-29"],
  ])("%s in %s is %s", (instant, timeZone, day) => {
    expect(siteDay(Date.parse(instant), timeZone)).toBe(day);
  });
});

describe("a time zone", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Etc/GMT+5", "EST5EDT"])(
    "%s is one",
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it.each(["", " ", "Mars/Olympus", "+02:00", "-05:00", "+0200", "UTC+2", "Europe", "Berlin/Europe", "null"])(
    "%j is none",
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});

describe("a day of the calendar", () => {
  it.each(["2026-03-09", "2024-02-29", "2000-02-29", "2026-12-31", "1999-01-01"])("%s is one", (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    "2026-02-29",
    "2026-02-30",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-01-32",
    "2026-1-1",
    "26-01-01",
    "2026/01/01",
    "2026-01-01T00:00:00Z",
    " 2026-01-01",
    "2026-01-01\n",
    "",
    "today",
    "\u0662026-01-01",
  ])("%j is none", (text) => {
    expect(isDay(text)).toBe(false);
  });
});

const day = fc.integer({ min: -20_000, max: 40_000 }).map((count) => addDays("1990-01-01", count));

describe("arithmetic of days", () => {
  it.each([
    ["2026-03-28", 1, "2026-03-29"],
    ["2026-03-29", 1, "2026-03-30"],
    ["2026-10-25", 1, "2026-10-26"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-02-28", 1, "2026-03-01"],
    ["2026-01-01", -1, "2025-12-31"],
    ["2026-01-01", 365, "2027-01-01"],
    ["2026-03-09", 0, "2026-03-09"],
  ])("%s and %d days is %s", (from, count, to) => {
    expect(addDays(from, count)).toBe(to);
    expect(daysBetween(from, to)).toBe(count);
  });

  it("goes there and back", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5_000, max: 5_000 }), (from, count) => {
        const to = addDays(from, count);
        expect(isDay(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(count);
        expect(addDays(to, -count)).toBe(from);
      }),
    );
  });

  it("lists every day of a closed range once, in order", () => {
    expect(daysOf("2026-02-27", "2026-03-02")).toEqual([
      "2026-02-27",
      "2026-02-28",
      "2026-03-01",
      "2026-03-02",
    ]);
    expect(daysOf("2026-03-09", "2026-03-09")).toEqual(["2026-03-09"]);
    expect(daysOf("2026-03-09", "2026-03-08")).toEqual([]);
  });
});

describe("the previous range", () => {
  it.each([
    ["2026-03-09", "2026-03-09", { from: "2026-03-08", to: "2026-03-08" }],
    ["2026-03-01", "2026-03-31", { from: "2026-01-29", to: "2026-02-28" }],
    ["2026-03-09", "2026-03-15", { from: "2026-03-02", to: "2026-03-08" }],
    ["2026-01-01", "2026-12-31", { from: "2025-01-01", to: "2025-12-31" }],
  ])("of %s to %s is %o", (from, to, previous) => {
    expect(previousRange(from, to)).toEqual(previous);
  });

  it("is as long, and ends the day before", () => {
    fc.assert(
      fc.property(day, fc.nat(400), (from, length) => {
        const previous = previousRange(from, addDays(from, length));
        expect(daysBetween(previous.from, previous.to)).toBe(length);
        expect(addDays(previous.to, 1)).toBe(from);
      }),
    );
  });
});
