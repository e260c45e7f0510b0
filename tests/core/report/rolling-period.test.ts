import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ROLLING_PERIODS, rollingRange, type RollingPeriod } from "#core/report/rolling-period.ts";
import { addDays, daysBetween } from "#core/time/site-day.ts";

describe("the days that a rolling period means", () => {
  it.each<[RollingPeriod, string, string, string]>([
    // 2026-03-09 is a Monday.
    ["yesterday", "2026-03-09", "2026-03-08", "2026-03-08"],
    ["yesterday", "2028-03-01", "2028-02-29", "2028-02-29"],
    ["last_7_days", "2026-03-09", "2026-03-02", "2026-03-08"],
    ["last_14_days", "2026-03-09", "2026-02-23", "2026-03-08"],
    ["last_28_days", "2026-03-01", "2026-02-01", "2026-02-28"],
    ["last_30_days", "2026-01-01", "2025-12-02", "2025-12-31"],
    ["last_90_days", "2026-04-01", "2026-01-01", "2026-03-31"],
    ["last_week", "2026-03-09", "2026-03-02", "2026-03-08"],
    ["last_week", "2026-03-08", "2026-02-23", "2026-03-01"],
    ["last_week", "2026-01-01", "2025-12-22", "2025-12-28"],
    ["last_month", "2026-03-31", "2026-02-01", "2026-02-28"],
    ["last_month", "2028-03-01", "2028-02-01", "2028-02-29"],
    ["last_month", "2026-01-15", "2025-12-01", "2025-12-31"],
    ["last_quarter", "2026-01-01", "2025-10-01", "2025-12-31"],
    ["last_quarter", "2026-06-30", "2026-01-01", "2026-03-31"],
    ["last_year", "2026-06-30", "2025-01-01", "2025-12-31"],
    ["week_to_yesterday", "2026-03-11", "2026-03-09", "2026-03-10"],
    ["week_to_yesterday", "2026-03-09", "2026-03-02", "2026-03-08"],
    ["month_to_yesterday", "2026-03-11", "2026-03-01", "2026-03-10"],
    ["month_to_yesterday", "2026-03-01", "2026-02-01", "2026-02-28"],
    ["quarter_to_yesterday", "2026-05-02", "2026-04-01", "2026-05-01"],
    ["quarter_to_yesterday", "2026-04-01", "2026-01-01", "2026-03-31"],
    ["year_to_yesterday", "2026-05-02", "2026-01-01", "2026-05-01"],
    ["year_to_yesterday", "2026-01-01", "2025-01-01", "2025-12-31"],
  ])("%s on %s is %s to %s", (period, ...[today, from, to]) => {
    expect(rollingRange(period, today)).toEqual({ from, to });
  });

  it("is never empty, ends before the day itself, and is no longer than a report may be", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLLING_PERIODS),
        fc.integer({ min: 0, max: 60_000 }),
        (period, offset) => {
          const today = addDays("1990-01-01", offset);
          const { from, to } = rollingRange(period, today);
          expect(from <= to).toBe(true);
          expect(to < today).toBe(true);
          expect(daysBetween(from, to)).toBeLessThan(366);
        },
      ),
    );
  });
});
