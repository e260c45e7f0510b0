import { describe, expect, it } from "vitest";

import { aov, cpa, ctr, cvr, ratio, roas, roi, type Figures } from "#core/roi/ratios.ts";

const FIGURES: Figures = {
  impressions: 1_000,
  clicks: 50,
  visitors: 40,
  conversions: 4,
  revenueMinor: 20_000,
  spendMinor: 8_000,
  isSpendForeign: false,
  isRevenueForeign: false,
};

const value = (number: number) => ({ value: number, reason: null });
const none = (reason: string) => ({ value: null, reason });

describe("a ratio with its base", () => {
  it("is worked out as product.md says", () => {
    expect(ctr(FIGURES)).toEqual(value(0.05));
    expect(cvr(FIGURES)).toEqual(value(0.1));
    expect(aov(FIGURES)).toEqual(value(5_000));
    expect(cpa(FIGURES)).toEqual(value(2_000));
    expect(roas(FIGURES)).toEqual(value(2.5));
    expect(roi(FIGURES)).toEqual(value(1.5));
  });

  it("is 0 where the base is there and the other is nothing, and −1 where all the spend is lost", () => {
    const idle = { ...FIGURES, clicks: 0, conversions: 0, revenueMinor: 0 };
    expect(ctr(idle)).toEqual(value(0));
    expect(cvr(idle)).toEqual(value(0));
    expect(roas(idle)).toEqual(value(0));
    expect(roi(idle)).toEqual(value(-1));
  });

  it("may be below zero where refunds exceed the revenue", () => {
    const refunded = { ...FIGURES, revenueMinor: -4_000 };
    expect(roas(refunded)).toEqual(value(-0.5));
    expect(roi(refunded)).toEqual(value(-1.5));
    expect(aov(refunded)).toEqual(value(-1_000));
  });

  it("takes conversions that are shares", () => {
    expect(cpa({ ...FIGURES, conversions: 0.5 })).toEqual(value(16_000));
  });
});

describe("a ratio without its base has no value and says why, never 0", () => {
  it.each([
    { name: "CTR without impressions", compute: ctr, missing: { impressions: 0 }, reason: "no_impressions" },
    { name: "CVR without visitors", compute: cvr, missing: { visitors: 0 }, reason: "no_visitors" },
    { name: "AOV without conversions", compute: aov, missing: { conversions: 0 }, reason: "no_conversions" },
    { name: "CPA without conversions", compute: cpa, missing: { conversions: 0 }, reason: "no_conversions" },
    { name: "CPA without spend rows", compute: cpa, missing: { spendMinor: null }, reason: "no_spend" },
    {
      name: "CPA without either",
      compute: cpa,
      missing: { spendMinor: null, conversions: 0 },
      reason: "no_spend",
    },
    { name: "ROAS without spend rows", compute: roas, missing: { spendMinor: null }, reason: "no_spend" },
    { name: "ROAS on a spend of 0", compute: roas, missing: { spendMinor: 0 }, reason: "no_spend" },
    { name: "ROI without spend rows", compute: roi, missing: { spendMinor: null }, reason: "no_spend" },
    { name: "ROI on a spend of 0", compute: roi, missing: { spendMinor: 0 }, reason: "no_spend" },
    {
      name: "CPA in two currencies",
      compute: cpa,
      missing: { isSpendForeign: true },
      reason: "currency_mismatch",
    },
    {
      name: "ROAS in two currencies",
      compute: roas,
      missing: { isSpendForeign: true },
      reason: "currency_mismatch",
    },
    {
      name: "ROI in two currencies",
      compute: roi,
      missing: { isSpendForeign: true },
      reason: "currency_mismatch",
    },
    {
      name: "ROAS in two currencies, spend unread",
      compute: roas,
      missing: { isSpendForeign: true, spendMinor: null },
      reason: "currency_mismatch",
    },
    {
      name: "ROAS where some revenue has no rate",
      compute: roas,
      missing: { isRevenueForeign: true },
      reason: "currency_mismatch",
    },
    {
      name: "ROI where some revenue has no rate",
      compute: roi,
      missing: { isRevenueForeign: true },
      reason: "currency_mismatch",
    },
    {
      name: "AOV where some revenue has no rate, whatever else is missing",
      compute: aov,
      missing: { isRevenueForeign: true, conversions: 0 },
      reason: "currency_mismatch",
    },
  ] as const)("$name", ({ compute, missing, reason }) => {
    expect(compute({ ...FIGURES, ...missing })).toEqual(none(reason));
  });

  it("is CPA 0 where a spend of 0 was put in", () => {
    expect(cpa({ ...FIGURES, spendMinor: 0 })).toEqual(value(0));
    expect(cpa({ ...FIGURES, spendMinor: 0, conversions: 0 })).toEqual(none("no_conversions"));
  });

  it("leaves ratios that need no spend alone when spend is foreign", () => {
    expect(ctr({ ...FIGURES, isSpendForeign: true })).toEqual(value(0.05));
    expect(aov({ ...FIGURES, isSpendForeign: true })).toEqual(value(5_000));
  });

  it("leaves ratios that count alone when some revenue has no rate: a count needs none", () => {
    // Four orders of four visitors for 100.00 of spend: EUR 100, and USD 900 twice and GBP 900 without a rate.
    const orders = { ...FIGURES, visitors: 4, conversions: 4, revenueMinor: 10_000, spendMinor: 10_000 };
    const shop = { ...orders, isRevenueForeign: true };
    expect(cvr(shop)).toEqual(value(1));
    expect(cpa(shop)).toEqual(value(2_500));
    expect(ctr(shop)).toEqual(value(0.05));
    expect([aov(shop), roas(shop), roi(shop)]).toEqual([1, 2, 3].map(() => none("currency_mismatch")));
  });

  it("names the reason it was given", () => {
    expect(ratio(5, 0, "no_spend")).toEqual(none("no_spend"));
    expect(ratio(0, 5, "no_spend")).toEqual(value(0));
  });
});
