import { describe, expect, test } from "vitest";
import type { DayRow, Kpis } from "#contract/analytics.ts";
import { changeOf, missingReason, tileModel } from "#frontend/analytics/kpi-view.ts";
import { chartModel, type ChartAnswer } from "#frontend/analytics/chart-of-metric.ts";
import { METRICS } from "#frontend/analytics/metrics.ts";
import { missingCredit } from "#frontend/analytics/totals.ts";
import {
  axisSteps,
  incompleteIndex,
  isFlat,
  labelledDays,
  roomAtEnd,
  splitIncomplete,
} from "#frontend/parts/chart-model.ts";
import { readSort, sortRows, writeSort } from "#frontend/parts/sort-rows.ts";
import { sparklineRuns } from "#frontend/parts/sparkline.tsx";

const none = (reason: "no_spend" | "no_impressions" | "no_margin") => ({ value: null, reason });
const KPIS: Kpis = {
  impressions: 0,
  clicks: 40,
  pageviews: 300,
  sessions: 120,
  visitors: 100,
  visitorsMargin: null,
  conversions: 4,
  revenueMinor: 20_000,
  refundMinor: 0,
  spendMinor: null,
  ctr: none("no_impressions"),
  cvr: { value: 0.04, reason: null },
  cpa: none("no_spend"),
  aov: { value: 5_000, reason: null },
  roas: none("no_spend"),
  roi: none("no_spend"),
  grossProfitMinor: null,
  roiWithMargin: none("no_spend"),
  breakEvenRoas: none("no_margin"),
  breakEvenCpa: none("no_margin"),
  paybackDays: none("no_spend"),
};
const DAY: DayRow = {
  day: "2026-11-23",
  impressions: 0,
  clicks: 4,
  pageviews: 30,
  sessions: 12,
  visitors: 10,
  conversions: 0,
  revenueMinor: 0,
  isRevenueForeign: false,
  spendMinor: 0,
};

describe("a KPI tile", () => {
  const figures = {
    kpis: KPIS,
    previous: { ...KPIS, visitors: 80 },
    days: [DAY],
    currency: "EUR",
    than: "previous 7 days",
    isRunning: false,
  };

  test("says no figure, no change and the reason when the base is missing", () => {
    const tile = tileModel(METRICS.roas, figures);
    expect(tile).toMatchObject({ value: null, change: null, missing: "no_spend" });
    expect(missingReason("no_spend")).toBe("No spend on these days.");
  });

  test("spend that nobody entered is no figure, spend of 0 is", () => {
    expect(tileModel(METRICS.spend, figures)).toMatchObject({ value: null, missing: "no_spend" });
    expect(tileModel(METRICS.spend, { ...figures, kpis: { ...KPIS, spendMinor: 0 } }).value).toBe("€0.00");
  });

  test("says the change in words, and whether it is good news", () => {
    expect(tileModel(METRICS.visitors, figures).change).toEqual({
      direction: "up",
      size: "25%",
      judgement: "good",
      than: "previous 7 days",
    });
    expect(changeOf(METRICS.cpa, { value: 80, before: 100, currency: "EUR", than: "" })).toMatchObject({
      direction: "down",
      judgement: "good",
    });
    expect(changeOf(METRICS.spend, { value: 80, before: 100, currency: "EUR", than: "" })?.judgement).toBe(
      "neutral",
    );
  });

  test("does not judge a day that still runs by one that is over: it says both", () => {
    const running = { ...figures, than: "previous day", isRunning: true };
    expect(tileModel(METRICS.visitors, running)).toMatchObject({
      change: null,
      note: "day still running, 80 on previous day",
    });
    expect(tileModel(METRICS.revenue, running).note).toMatch(/^day still running, €.+ on previous day$/);
    expect(tileModel(METRICS.visitors, { ...running, previous: null }).note).toBeNull();
    expect(tileModel(METRICS.visitors, figures).note).toBeNull();
  });

  test("has no change against nothing: neither infinity nor 100 %", () => {
    expect(changeOf(METRICS.roi, { value: 0.472, before: 2.5, currency: "EUR", than: "" })).toMatchObject({
      direction: "down",
      size: "202.8 points",
    });
    expect(changeOf(METRICS.visitors, { value: 10, before: 0, currency: "EUR", than: "" })).toBeNull();
    expect(changeOf(METRICS.visitors, { value: 10, before: null, currency: "EUR", than: "" })).toBeNull();
    expect(
      changeOf(METRICS.visitors, { value: 100_001, before: 100_000, currency: "EUR", than: "" })?.direction,
    ).toBe("same");
  });

  test("tells a change from below zero as an amount: no part of a loss says how much it is", () => {
    const refunds = { ...KPIS, conversions: 0, revenueMinor: -5_000 };
    expect(tileModel(METRICS.revenue, { ...figures, previous: refunds }).change).toEqual({
      direction: "up",
      size: "€250 from -€50.00",
      judgement: "good",
      than: "previous 7 days",
    });
    const deeper = { value: -7_500, before: -5_000, currency: "EUR", than: "" };
    expect(changeOf(METRICS.revenue, deeper)).toMatchObject({
      direction: "down",
      size: "€25.00 from -€50.00",
      judgement: "bad",
    });
    expect(changeOf(METRICS.revenue, { ...deeper, value: -5_000 })?.direction).toBe("same");
  });

  test("leaves a gap for a day without a base", () => {
    expect(METRICS.roas.day(DAY)).toBeNull();
    expect(METRICS.cpa.day({ ...DAY, spendMinor: 500 })).toBeNull();
    expect(METRICS.cpa.day({ ...DAY, spendMinor: 500, conversions: 2 })).toBe(250);
    expect(METRICS.roi.day({ ...DAY, spendMinor: 500, revenueMinor: 1_500 })).toBe(2);
  });

  test("leaves a gap where some revenue has no rate, and none where it is only counted", () => {
    const day = { ...DAY, spendMinor: 500, conversions: 2, revenueMinor: 1_500, isRevenueForeign: true };
    for (const { day: of } of [METRICS.roas, METRICS.roi, METRICS.aov]) expect(of(day)).toBeNull();
    expect([METRICS.cpa.day(day), METRICS.cvr.day(day), METRICS.revenue.day(day)]).toEqual([250, 0.2, 1_500]);
  });

  test("says that spend is missing for its own reason, not for that of revenue", () => {
    const roas = { value: null, reason: "currency_mismatch" } as const;
    const kpis = { ...KPIS, spendMinor: null, roas };
    expect(tileModel(METRICS.spend, { ...figures, kpis }).missing).toBe("no_spend");
    expect(tileModel(METRICS.roas, { ...figures, kpis }).missing).toBe("currency_mismatch");
  });
});

describe("tables that must add up", () => {
  test("the missing row is exactly what the others lack", () => {
    const rows = [
      { conversions: 2, revenueMinor: 700 },
      { conversions: 1.5, revenueMinor: 300 },
    ];
    expect(missingCredit(rows, { conversions: 4, revenueMinor: 1_200 })).toEqual({
      conversions: 0.5,
      revenueMinor: 200,
    });
    expect(missingCredit(rows, { conversions: 3.5, revenueMinor: 1_000 })).toBeNull();
  });

  test("thirds that add up to one leave no row behind", () => {
    const third = { conversions: 1 / 3, revenueMinor: 1 };
    expect(missingCredit([third, third, third], { conversions: 1, revenueMinor: 3 })).toBeNull();
  });
});

describe("sorting", () => {
  const rows = [{ n: 2 }, { n: null }, { n: 10 }, { n: 2 }];

  test("keeps rows without a value last in both directions, and changes nothing in place", () => {
    expect(sortRows(rows, (row) => row.n, "desc").map(({ n }) => n)).toEqual([10, 2, 2, null]);
    expect(sortRows(rows, (row) => row.n, "asc").map(({ n }) => n)).toEqual([2, 2, 10, null]);
    expect(rows[0]).toEqual({ n: 2 });
  });

  test("is read from the address, and falls back when the address names no column", () => {
    const fallback = { key: "revenue", direction: "desc" } as const;
    expect(readSort("-roas", ["roas"], fallback)).toEqual({ key: "roas", direction: "desc" });
    expect(readSort(writeSort({ key: "roas", direction: "asc" }), ["roas"], fallback)).toEqual({
      key: "roas",
      direction: "asc",
    });
    expect(readSort("password", ["roas"], fallback)).toEqual(fallback);
    expect(readSort(undefined, ["roas"], fallback)).toEqual(fallback);
  });
});

describe("the chart", () => {
  test("draws the running day dashed, joined to the last whole one", () => {
    expect(splitIncomplete([1, 2, 3], 2)).toEqual({ complete: [1, 2, null], incomplete: [null, 2, 3] });
    expect(splitIncomplete([1, 2], null)).toEqual({ complete: [1, 2], incomplete: [null, null] });
    expect(splitIncomplete([5], 0)).toEqual({ complete: [null], incomplete: [5] });
  });

  test("knows whether today is in the range", () => {
    const days = ["2026-11-21", "2026-11-22", "2026-11-23"];
    expect(incompleteIndex(days, "2026-11-23")).toBe(2);
    expect(incompleteIndex(days, "2026-11-24")).toBeNull();
    expect(incompleteIndex([], "2026-11-24")).toBeNull();
  });

  test("leaves the last label room at the end, and only where it stands near it", () => {
    expect(roomAtEnd(365, labelledDays(365, 1_010), 1_010)).toBe(24);
    expect(roomAtEnd(334, labelledDays(334, 900), 900)).toBe(8);
    expect(roomAtEnd(1, [0], 900)).toBe(8);
  });

  test("has one line at 0 where there is nothing, and says no step of the axis twice", () => {
    const none = { values: [0, null, 0], previous: null };
    const some = { values: [0, null, 3], previous: null };
    expect(isFlat(none)).toBe(true);
    expect(isFlat(some)).toBe(false);
    expect(isFlat({ ...none, previous: [0, 2, 0] })).toBe(false);
    const format = (value: number) => `€${Math.round(value)}`;
    expect(axisSteps([0, 0.2, 0.4, 0.6, 0.8, 1], format)).toEqual([0, null, null, 0.6, null, null]);
    expect(axisSteps([0, 5, 10], format)).toEqual([0, 5, 10]);
  });

  test("compares with nothing where nothing was: no line of zeros, and it says so", () => {
    const answer: ChartAnswer = {
      days: [DAY],
      previousDays: [DAY],
      previous: KPIS,
      basis: { currency: "EUR" },
    };
    const view = { today: "2026-11-30", than: "previous 334 days" };
    const counts = { pageviews: 0, sessions: 0, visitors: 0, clicks: 0, impressions: 0, conversions: 0 };
    const nothing = { ...KPIS, ...counts, revenueMinor: 0, spendMinor: null };
    expect(chartModel("revenue", { ...answer, previous: nothing }, view)).toMatchObject({
      previous: null,
      previousDays: null,
      previousNote: "Nothing to compare with in the previous 334 days",
    });
    expect(chartModel("revenue", answer, view)).toMatchObject({
      previous: [0],
      previousNote: null,
    });
    const noRate = { value: null, reason: "currency_mismatch" } as const;
    for (const something of [
      { revenueMinor: -5_000, refundMinor: 5_000 },
      { roas: noRate, roi: noRate },
    ]) {
      const refunded = { ...DAY, visitors: 0, clicks: 0, revenueMinor: something.revenueMinor ?? 0 };
      const before = { previous: { ...nothing, ...something }, previousDays: [refunded] };
      expect(chartModel("revenue", { ...answer, ...before }, view)).toMatchObject({
        previous: [refunded.revenueMinor],
        previousNote: null,
      });
    }
    const alone = { ...answer, previousDays: [], previous: null };
    expect(chartModel("revenue", alone, view)).toMatchObject({
      previous: null,
      previousNote: null,
    });
  });

  test("labels as many days as fit, evenly, the first always", () => {
    for (const [count, width] of [
      [1, 300],
      [30, 320],
      [30, 1_200],
      [365, 900],
      [1_000, 390],
    ] as const) {
      const labelled = labelledDays(count, width);
      expect(labelled[0]).toBe(0);
      expect(labelled.length).toBeLessThanOrEqual(Math.max(2, Math.floor(width / 72)) + 1);
      expect(
        new Set(labelled.slice(1).map((day, index) => day - (labelled[index] ?? 0))).size,
      ).toBeLessThanOrEqual(1);
    }
  });

  test("a sparkline breaks where a value is missing, and a flat series stays on the ground", () => {
    expect(sparklineRuns([1, 2, null, 3, 4])).toHaveLength(2);
    expect(new Set(sparklineRuns([0, 0, 0])[0]?.map(([, y]) => y)).size).toBe(1);
    expect(sparklineRuns([null, null])).toEqual([]);
  });
});
