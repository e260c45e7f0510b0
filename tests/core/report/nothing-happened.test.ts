import { expect, it } from "vitest";

import { nothingHappened } from "#core/report/nothing-happened.ts";
import type { ReportDay } from "#core/report/report-model.ts";

const quiet: ReportDay = {
  day: "2026-03-09",
  visitors: 0,
  clicks: 0,
  impressions: 0,
  conversions: 0,
  revenueMinor: 0,
  spendMinor: null,
};

it("sees nothing in days without events, conversions and spend", () => {
  expect(nothingHappened([])).toBe(true);
  expect(nothingHappened([quiet, { ...quiet, spendMinor: 0 }])).toBe(true);
});

it.each<[string, Partial<ReportDay>]>([
  ["a visitor", { visitors: 1 }],
  ["an impression", { impressions: 1 }],
  ["a click", { clicks: 1 }],
  ["a conversion without value", { conversions: 1 }],
  ["a refund", { revenueMinor: -100 }],
  ["spend", { spendMinor: 1 }],
])("%s on one day of many is something", (_, day) => {
  expect(nothingHappened([quiet, { ...quiet, ...day }, quiet])).toBe(false);
});
