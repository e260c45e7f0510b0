import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addMonths,
  dayOfMonth,
  monthStart,
  quarterStart,
  weekdayOf,
  weekStart,
  yearStart,
} from "#core/time/calendar.ts";

const days = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2199-12-31T00:00:00Z"), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

describe("the calendar", () => {
  it("agrees with Date about weekdays and beginnings", () => {
    fc.assert(
      fc.property(days, (day) => {
        const at = new Date(`${day}T00:00:00Z`);
        expect(weekdayOf(day) % 7).toBe(at.getUTCDay());
        const month = at.getUTCMonth();
        const first = (n: number) => new Date(Date.UTC(at.getUTCFullYear(), n, 1)).toISOString().slice(0, 10);
        expect(monthStart(day)).toBe(first(month));
        expect(quarterStart(day)).toBe(first(month - (month % 3)));
        expect(yearStart(day)).toBe(first(0));
        expect(weekdayOf(weekStart(day))).toBe(1);
        expect(weekStart(day) <= day).toBe(true);
      }),
    );
  });

  it("counts months over the ends of years", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -40, max: 40 }), (day, count) => {
        const at = new Date(`${monthStart(day)}T00:00:00Z`);
        at.setUTCMonth(at.getUTCMonth() + count);
        expect(addMonths(day, count)).toBe(at.toISOString().slice(0, 10));
      }),
    );
  });

  it.each([
    ["2026-02-03", 31, "2026-02-28"],
    ["2028-02-03", 31, "2028-02-29"],
    ["2028-02-03", 29, "2028-02-29"],
    ["2100-02-03", 29, "2100-02-28"],
    ["2026-04-30", 31, "2026-04-30"],
    ["2026-12-31", 31, "2026-12-31"],
    ["2026-12-31", 1, "2026-12-01"],
  ])("in the month of %s the day %i is %s", (day, number, expected) => {
    expect(dayOfMonth(day, number)).toBe(expected);
  });
});
