import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  creditOf,
  groupCredit,
  RULE_MODELS,
  sumCredit,
  sumCreditIn,
  type DayCredit,
} from "#core/attribution/credit.ts";

const ROW: DayCredit = {
  day: "2026-03-09",
  currency: "EUR",
  isUnattributed: false,
  campaignId: 1,
  channel: "email",
  firstConversions: 1,
  firstRevenueMinor: 100,
  lastConversions: 2,
  lastRevenueMinor: 200,
  linearConversions: 0.5,
  linearRevenueMinor: 50,
};

describe("the credit of a row", () => {
  it("is that of the model asked for", () => {
    expect(RULE_MODELS.map((model) => creditOf(ROW, model))).toEqual([
      { conversions: 1, revenueMinor: 100 },
      { conversions: 2, revenueMinor: 200 },
      { conversions: 0.5, revenueMinor: 50 },
    ]);
  });
});

describe("sums of credit", () => {
  const thirds = [1, 2, 3].map((campaignId) => ({
    ...ROW,
    campaignId,
    linearConversions: 1 / 3,
    linearRevenueMinor: campaignId === 1 ? 34 : 33,
  }));

  it("make whole conversions whole again", () => {
    expect(sumCredit(thirds, "linear")).toEqual({ conversions: 1, revenueMinor: 100 });
    const sevenths = Array.from({ length: 49 }, () => ({ ...ROW, linearConversions: 1 / 7 }));
    expect(sumCredit(sevenths, "linear").conversions).toBe(7);
  });

  it("leave a true fraction as it is", () => {
    expect(sumCredit(thirds.slice(1), "linear").conversions).toBeCloseTo(2 / 3, 12);
    expect(sumCredit([{ ...ROW, linearConversions: 1.000_001 }], "linear").conversions).toBe(1.000_001);
  });

  it("of nothing are nothing", () => {
    for (const model of RULE_MODELS)
      expect(sumCredit([], model)).toEqual({ conversions: 0, revenueMinor: 0 });
  });

  it("go below zero with refunds, to the cent", () => {
    const refund = { ...ROW, linearConversions: 0, linearRevenueMinor: -33 };
    expect(sumCredit([...thirds, refund], "linear")).toEqual({ conversions: 1, revenueMinor: 67 });
  });

  const rows = fc.array(
    fc
      .record({
        campaignId: fc.option(fc.integer({ min: 1, max: 4 })),
        minor: fc.integer(),
        n: fc.integer({ min: 1, max: 9 }),
      })
      .map(({ campaignId, minor, n }) => ({
        ...ROW,
        campaignId,
        linearConversions: 1 / n,
        linearRevenueMinor: minor,
      })),
  );

  it("are the same over the groups as over the rows, whatever the grouping", () => {
    fc.assert(
      fc.property(rows, (some) => {
        const groups = [...groupCredit(some, ({ campaignId }) => campaignId).values()];
        const parts = groups.map((group) => sumCredit(group, "linear"));
        const total = sumCredit(some, "linear");
        expect(parts.reduce((sum, part) => sum + part.revenueMinor, 0)).toBe(total.revenueMinor);
        expect(parts.reduce((sum, part) => sum + part.conversions, 0)).toBeCloseTo(total.conversions, 7);
      }),
    );
  });
});

describe("groups of rows", () => {
  it("come in the order in which their keys came first, each row once", () => {
    const some = [3, null, 1, 3, null].map((campaignId) => ({ ...ROW, campaignId }));
    const groups = groupCredit(some, ({ campaignId }) => campaignId);
    expect([...groups].map(([key, group]) => [key, group.length])).toEqual([
      [3, 2],
      [null, 2],
      [1, 1],
    ]);
  });
});

describe("credit told in one currency", () => {
  const EUROS = { model: "linear", currency: "EUR" } as const;
  const row = (currency: string, linearConversions: number, linearRevenueMinor: number): DayCredit => ({
    ...ROW,
    currency,
    linearConversions,
    linearRevenueMinor,
  });
  const shop = [row("EUR", 1, 10_000), row("USD", 2, 180_000), row("GBP", 1, 90_000)];

  it("counts what has no rate, has no money of it, and says that some is missing", () => {
    expect(sumCreditIn(shop, EUROS)).toEqual({
      conversions: 4,
      revenueMinor: 10_000,
      isRevenueForeign: true,
    });
    expect(sumCreditIn(shop.slice(0, 1), EUROS)).toEqual({
      conversions: 1,
      revenueMinor: 10_000,
      isRevenueForeign: false,
    });
    expect(sumCreditIn(shop.slice(1), { model: "linear", currency: "USD" })).toMatchObject({
      conversions: 3,
      revenueMinor: 180_000,
    });
  });

  it("misses the money of a refund without a rate as well, and of an order that says 0", () => {
    expect(sumCreditIn([row("USD", 0, -500)], EUROS)).toEqual({
      conversions: 0,
      revenueMinor: 0,
      isRevenueForeign: true,
    });
    expect(sumCreditIn([row("USD", 1, 0)], EUROS).isRevenueForeign).toBe(true);
  });

  it("misses nothing where the model gave the row no part of what has no rate", () => {
    const first = { ...row("USD", 0, 0), firstConversions: 1, firstRevenueMinor: 900 };
    expect(sumCreditIn([...shop.slice(0, 1), first], EUROS).isRevenueForeign).toBe(false);
    expect(sumCreditIn([first], { model: "first", currency: "EUR" }).isRevenueForeign).toBe(true);
  });

  it("passes on what a row of several currencies lacks", () => {
    const told = { ...row("EUR", 2, 100), isRevenueForeign: true };
    expect(sumCreditIn([told], EUROS)).toEqual({ conversions: 2, revenueMinor: 100, isRevenueForeign: true });
  });
});
