import { describe, expect, it } from "vitest";

import {
  breakEvenCpa,
  breakEvenRoas,
  grossProfitOf,
  roiWithMargin,
  type MarginFigures,
} from "#core/roi/margin.ts";
import { pacingOf, type PacingFacts } from "#core/roi/pacing.ts";
import { paybackDays } from "#core/roi/payback-days.ts";

const value = (number: number) => ({ value: number, reason: null });
const none = (reason: string) => ({ value: null, reason });

/** 4 conversions worth 200.00 at a margin of 40 %: 80.00 are left, for 50.00 of spend. */
const FIGURES: MarginFigures = {
  impressions: 0,
  clicks: 0,
  visitors: 0,
  conversions: 4,
  revenueMinor: 20_000,
  spendMinor: 5_000,
  isSpendForeign: false,
  isRevenueForeign: false,
  grossProfitMinor: 8_000,
  margin: 0.4,
};

describe("margin", () => {
  it("gives ROI with margin, break-even ROAS and break-even CPA", () => {
    expect(roiWithMargin(FIGURES)).toEqual(value(0.6));
    expect(breakEvenRoas(FIGURES)).toEqual(value(2.5));
    expect(breakEvenCpa(FIGURES)).toEqual(value(2_000));
  });

  it("is missed by name, as spend and conversions are", () => {
    const unknown = { ...FIGURES, grossProfitMinor: null, margin: null };
    expect(roiWithMargin(unknown)).toEqual(none("no_margin"));
    expect(breakEvenRoas(unknown)).toEqual(none("no_margin"));
    expect(breakEvenCpa(unknown)).toEqual(none("no_margin"));
    expect(roiWithMargin({ ...FIGURES, spendMinor: null })).toEqual(none("no_spend"));
    expect(roiWithMargin({ ...FIGURES, spendMinor: 0 })).toEqual(none("no_spend"));
    expect(roiWithMargin({ ...FIGURES, isSpendForeign: true })).toEqual(none("currency_mismatch"));
    expect(breakEvenCpa({ ...FIGURES, conversions: 0 })).toEqual(none("no_conversions"));
  });

  it("is missed where some revenue has no rate: what is left of it is not known", () => {
    const foreign = { ...FIGURES, isRevenueForeign: true };
    for (const of of [roiWithMargin, breakEvenRoas, breakEvenCpa])
      expect(of(foreign)).toEqual(none("currency_mismatch"));
  });

  it("is each part's own, rounded to the minor unit; unknown where a part that earned has none", () => {
    expect(
      grossProfitOf([
        { revenueMinor: 1_001, marginPercent: 50 },
        { revenueMinor: 1_000, marginPercent: 12.34 },
        { revenueMinor: 0, marginPercent: null },
      ]),
    ).toBe(501 + 123);
    expect(
      grossProfitOf([
        { revenueMinor: 1_000, marginPercent: 50 },
        { revenueMinor: 1, marginPercent: null },
      ]),
    ).toBeNull();
    expect(grossProfitOf([{ revenueMinor: 0, marginPercent: null }])).toBeNull();
  });
});

describe("payback days", () => {
  const day = (n: number, earnedMinor: number, spendMinor: number | null) => ({
    day: `2026-03-0${n}`,
    earnedMinor,
    spendMinor,
  });

  it("count from the first spend until it is covered for good; what was earned before does not help", () => {
    const days = [day(1, 900, null), day(2, 0, 100), day(3, 120, null), day(4, 0, 100), day(6, 80, null)];
    expect(paybackDays(days)).toEqual(value(4));
    expect(paybackDays([day(2, 100, 100)])).toEqual(value(0));
  });

  it("have no value without spend, or while it is not covered", () => {
    expect(paybackDays([day(1, 900, null), day(2, 9, 0)])).toEqual(none("no_spend"));
    expect(paybackDays([day(1, 99, 100)])).toEqual(none("not_paid_back"));
    expect(paybackDays([day(1, 100, 100), day(2, 0, 1)])).toEqual(none("not_paid_back"));
  });
});

describe("pacing", () => {
  const FACTS: PacingFacts = {
    startsOn: "2026-03-01",
    endsOn: "2026-03-10",
    budgetMinor: 10_000,
    spentMinor: 8_000,
    isSpendForeign: false,
    today: "2026-03-04",
  };

  it("is the spent share of the budget against the elapsed share of the flight, today included", () => {
    expect(pacingOf(FACTS)).toEqual({ elapsed: value(0.4), spent: value(0.8), pace: value(2) });
    expect(pacingOf({ ...FACTS, today: "2026-05-01" }).elapsed).toEqual(value(1));
  });

  it("says what is missing", () => {
    expect(pacingOf({ ...FACTS, endsOn: null }).pace).toEqual(none("no_flight"));
    expect(pacingOf({ ...FACTS, budgetMinor: null }).pace).toEqual(none("no_budget"));
    expect(pacingOf({ ...FACTS, spentMinor: null }).pace).toEqual(none("no_spend"));
    expect(pacingOf({ ...FACTS, isSpendForeign: true }).pace).toEqual(none("currency_mismatch"));
    expect(pacingOf({ ...FACTS, today: "2026-02-20" })).toMatchObject({
      elapsed: value(0),
      pace: none("not_started"),
    });
    expect(pacingOf({ ...FACTS, spentMinor: 0 })).toMatchObject({ spent: value(0), pace: value(0) });
  });
});
