import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { splitByShares, splitChange, type Shares } from "#core/money/split-by-shares.ts";
import { splitMinorUnitsEvenly } from "#core/money/split-minor-units.ts";
import { inputs } from "#tests/support/inputs.ts";

const exact = (...numerators: number[]): Shares => ({
  kind: "exact",
  numerators,
  denominator: numerators.reduce((sum, n) => sum + n, 0),
});
const double = (...shares: number[]): Shares => ({ kind: "double", shares });

describe("an amount by shares", () => {
  it.each([
    ["40/20/40 of 101", 101, exact(40, 20, 40), [41, 20, 40]],
    ["40/10/10/40 of 99: 39.6, 9.9, 9.9, 39.6", 99, exact(40, 10, 10, 40), [40, 10, 10, 39]],
    ["ties to the earlier", 2, exact(1, 1, 1), [1, 1, 0]],
    ["none to who has none", 7, exact(0, 1, 0), [0, 7, 0]],
    ["a mirror image below zero", -101, exact(40, 20, 40), [-41, -20, -40]],
    ["doubles", 100, double(1 / 7, 2 / 7, 4 / 7), [14, 29, 57]],
    ["doubles a hair below a whole", 3, double(1 / 3 - 1e-17, 2 / 3), [1, 2]],
    ["doubles that add up to a unit too much", 10, double(0.55, 0.55), [5, 5]],
    [
      "as much as there is",
      Number.MAX_SAFE_INTEGER,
      exact(1, 1),
      [4_503_599_627_370_496, 4_503_599_627_370_495],
    ],
    [
      "remainders beyond 2^53",
      9_007_199_254_740_991,
      exact(1, 98, 1),
      [90_071_992_547_410, 8_827_055_269_646_171, 90_071_992_547_410],
    ],
  ])("%s", (...[, amount, shares, expected]) => {
    expect(splitByShares(amount, shares)).toEqual(expected);
  });

  const numerators = fc
    .array(fc.nat(500), { minLength: 1, maxLength: 12 })
    .filter((all) => all.some((n) => n > 0));
  const shares = fc.oneof(
    numerators.map((all) => exact(...all)),
    numerators.map((all) => {
      const sum = all.reduce((total, n) => total + n, 0);
      return double(...all.map((n) => n / sum));
    }),
  );

  it("is whole parts that add up to it, exactly, each less than a unit from its share", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), shares, (amount, by) => {
        const parts = splitByShares(amount, by);
        expect(parts.every((part) => Number.isSafeInteger(part) && !Object.is(part, -0))).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        for (const [i, part] of parts.entries()) {
          const share = by.kind === "exact" ? (by.numerators[i] ?? 0) / by.denominator : (by.shares[i] ?? 0);
          expect(Math.abs(part - share * amount)).toBeLessThan(1.001);
        }
      }),
      { numRuns: inputs(1_000) },
    );
  });

  it("adds up to any safe amount in exact shares", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), numerators, (amount, all) => {
        const parts = splitByShares(amount, exact(...all));
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount));
      }),
    );
  });

  it("of equal shares is the even split", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 20 }), (amount, n) => {
        const equal = exact(...Array.from({ length: n }, () => 1));
        expect(splitByShares(amount, equal)).toEqual(splitMinorUnitsEvenly(amount, n));
      }),
    );
  });

  it("is taken back by partial refunds to exactly nothing", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.nat(400_000)), shares, (value, refunds, by) => {
        let left = value;
        const earned = splitByShares(value, by);
        for (const refund of [...refunds, value]) {
          const afterMinor = Math.max(0, left - refund);
          for (const [i, part] of splitChange({ beforeMinor: left, afterMinor }, by).entries())
            earned[i] = (earned[i] ?? 0) + part;
          left = afterMinor;
          expect(earned).toEqual(splitByShares(left, by));
        }
        expect(earned.every((part) => part === 0)).toBe(true);
      }),
    );
  });
});
