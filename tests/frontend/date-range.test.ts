import { describe, expect, test } from "vitest";
import {
  asChoice,
  comparisonLabel,
  rangeLabel,
  readRangeChoice,
  resolveRange,
  shiftRange,
  writeRangeChoice,
} from "#frontend/state/date-range.ts";
import type { PresetKey, RangeChoice } from "#frontend/state/date-range.ts";

const TODAY = "2026-11-23";
const preset = (key: PresetKey): RangeChoice => ({ kind: "preset", preset: key });
const custom = (from: string, to: string): RangeChoice => ({ kind: "custom", from, to });

describe("the range in the address", () => {
  test("reads back what it writes", () => {
    for (const choice of [preset("7d"), preset("30d"), preset("year"), custom("2026-03-09", "2026-03-15")]) {
      const written = Object.entries(writeRangeChoice(choice)).filter(([, value]) => value !== null);
      expect(readRangeChoice(Object.fromEntries(written) as Record<string, string>)).toEqual(choice);
    }
  });

  test.each([
    { range: "forever" },
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2026-03-09", to: "2026-03-01" },
    { from: "2026-03-09" },
    { from: "yesterday", to: "today" },
  ])("is the default when the address says no range: %o", (query) => {
    expect(readRangeChoice(query as Record<string, string>)).toEqual(preset("30d"));
  });
});

describe("the days of a choice", () => {
  test.each([
    ["today", "2026-11-23", "2026-11-23"],
    ["7d", "2026-11-17", "2026-11-23"],
    ["30d", "2026-10-25", "2026-11-23"],
    ["month", "2026-11-01", "2026-11-23"],
    ["quarter", "2026-10-01", "2026-11-23"],
    ["year", "2026-01-01", "2026-11-23"],
  ] as const)("%s is %s to %s", (key, from, to) => {
    expect(resolveRange(preset(key), TODAY)).toEqual({ from, to });
  });
});

describe("the arrows", () => {
  test("move calendar periods by the calendar, February and quarters too", () => {
    expect(shiftRange(preset("month"), -1, TODAY)).toEqual(custom("2026-10-01", "2026-10-31"));
    expect(shiftRange(custom("2026-03-01", "2026-03-31"), -1, TODAY)).toEqual(
      custom("2026-02-01", "2026-02-28"),
    );
    expect(shiftRange(preset("quarter"), -1, TODAY)).toEqual(custom("2026-07-01", "2026-09-30"));
    expect(shiftRange(preset("year"), -1, TODAY)).toEqual(custom("2025-01-01", "2025-12-31"));
  });

  test("move other ranges by their length", () => {
    expect(shiftRange(preset("7d"), -1, TODAY)).toEqual(custom("2026-11-10", "2026-11-16"));
    expect(shiftRange(custom("2026-03-09", "2026-03-11"), 1, TODAY)).toEqual(
      custom("2026-03-12", "2026-03-14"),
    );
  });

  test("come back to the preset they left, and never go past today", () => {
    const before = shiftRange(preset("month"), -1, TODAY);
    expect(before && shiftRange(before, 1, TODAY)).toEqual(preset("month"));
    for (const key of ["today", "7d", "30d", "month", "quarter", "year"] as const) {
      expect(shiftRange(preset(key), 1, TODAY)).toBeNull();
    }
  });
});

test("a custom range that is a preset's becomes that preset, so that it moves with the days", () => {
  expect(asChoice({ from: "2026-11-17", to: "2026-11-23" }, TODAY)).toEqual(preset("7d"));
  expect(asChoice({ from: "2026-11-17", to: "2026-11-22" }, TODAY)).toEqual(
    custom("2026-11-17", "2026-11-22"),
  );
});

test("labels name whole months, single days and the compared length", () => {
  expect(rangeLabel(custom("2026-10-01", "2026-10-31"))).toBe("October 2026");
  expect(rangeLabel(custom("2026-10-05", "2026-10-05"))).toContain("2026");
  expect(rangeLabel(preset("quarter"))).toBe("Quarter to date");
  expect(comparisonLabel({ from: "2026-11-17", to: "2026-11-23" })).toBe("previous 7 days");
  expect(comparisonLabel({ from: "2026-11-23", to: "2026-11-23" })).toBe("previous day");
});
