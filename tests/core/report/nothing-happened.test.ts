import { expect, it } from "vitest";

import { isReportOfNothing, nothingHappened } from "#core/report/nothing-happened.ts";
import type { ReportDay, ReportKpi } from "#core/report/report-model.ts";

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
  ["a refund without a rate", { isRevenueForeign: true }],
  ["spend", { spendMinor: 1 }],
])("%s on one day of many is something", (_, day) => {
  expect(nothingHappened([quiet, { ...quiet, ...day }, quiet])).toBe(false);
});

it("a report of spend without a rate is not of nothing, with and without its days", () => {
  const spend = { key: "spend", unit: "money", interval: null, tooFew: false, previous: null } as const;
  const [none, foreign] = (["no_spend", "currency_mismatch"] as const).map((reason): ReportKpi => ({
    ...spend,
    value: null,
    reason,
  }));
  for (const days of [[], [quiet]]) {
    expect([none, foreign].map((kpi) => isReportOfNothing({ days, kpis: kpi ? [kpi] : [] }))).toEqual([
      true,
      false,
    ]);
  }
});
