import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueReminder } from "#core/alerts/alert-notices.ts";
import { quietUntil } from "#core/alerts/quiet-hours.ts";
import { wallClock } from "#core/time/local-time.ts";
import { inputs } from "#tests/support/inputs.ts";

const NIGHT = { fromMinute: 22 * 60, toMinute: 7 * 60, timeZone: "Europe/Berlin" };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe("quiet hours", () => {
  it.each([
    // Berlin is an hour ahead in March, two in July.
    ["2026-03-11T20:59:00Z", null],
    ["2026-03-11T21:00:00Z", "2026-03-12T06:00:00.000Z"],
    ["2026-03-12T05:59:59Z", "2026-03-12T06:00:00.000Z"],
    ["2026-03-12T06:00:00Z", null],
    ["2026-07-01T21:30:00Z", "2026-07-02T05:00:00.000Z"],
    // The night in which the clock is set forward: it ends by the new time.
    ["2026-03-28T22:00:00Z", "2026-03-29T05:00:00.000Z"],
  ])("at %s last until %s", (at, until) => {
    const ms = quietUntil(NIGHT, Date.parse(at));
    expect(ms === null ? null : new Date(ms).toISOString()).toBe(until);
  });

  it("end at the minute that was chosen, in whatever zone and on whatever day", () => {
    const zone = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "UTC",
    );
    const minute = fc.integer({ min: 0, max: 1_439 });
    const at = fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE_MS, max: Date.UTC(2027, 0, 1) / MINUTE_MS });
    fc.assert(
      fc.property(
        fc.record({ timeZone: zone, fromMinute: minute, toMinute: minute }),
        at,
        (quiet, atMinute) => {
          const { timeZone, toMinute } = quiet;
          const untilMs = quietUntil(quiet, atMinute * MINUTE_MS);
          if (untilMs === null) return;
          expect(untilMs).toBeGreaterThan(atMinute * MINUTE_MS);
          expect(untilMs - atMinute * MINUTE_MS).toBeLessThanOrEqual(25 * HOUR_MS);
          const shown = Math.floor(wallClock(untilMs, timeZone) / MINUTE_MS) % 1_440;
          // Where the clock leaps over the minute, it is the first one after the gap.
          expect(shown - toMinute).toBeGreaterThanOrEqual(0);
          expect(shown - toMinute).toBeLessThanOrEqual(60);
        },
      ),
      { numRuns: inputs(300) },
    );
  });

  it("are none without any, and where both ends are one", () => {
    expect(quietUntil(null, 0)).toBeNull();
    expect(
      quietUntil({ ...NIGHT, toMinute: NIGHT.fromMinute }, Date.parse("2026-03-11T21:30:00Z")),
    ).toBeNull();
  });
});

describe("a repeat", () => {
  const alert = { firedAtMs: 0, acknowledgedAtMs: null, reminders: 0 };

  it("is due once for each interval; missed ones are not made up for", () => {
    expect(dueReminder(alert, 4 * HOUR_MS - 1, 4 * HOUR_MS)).toBeNull();
    expect(dueReminder(alert, 4 * HOUR_MS, 4 * HOUR_MS)).toBe(1);
    expect(dueReminder({ ...alert, reminders: 1 }, 7 * HOUR_MS, 4 * HOUR_MS)).toBeNull();
    expect(dueReminder({ ...alert, reminders: 1 }, 21 * HOUR_MS, 4 * HOUR_MS)).toBe(5);
  });

  it("is never due once somebody has acknowledged it, or where nobody wants any", () => {
    expect(dueReminder({ ...alert, acknowledgedAtMs: 1 }, 100 * HOUR_MS, 4 * HOUR_MS)).toBeNull();
    expect(dueReminder(alert, 100 * HOUR_MS, 0)).toBeNull();
  });
});
