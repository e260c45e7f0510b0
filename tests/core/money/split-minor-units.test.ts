import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { splitMinorUnitsEvenly } from "#core/money/split-minor-units.ts";

describe("equal shares of an amount", () => {
  it.each([
    [100, 3, [34, 33, 33]],
    [101, 3, [34, 34, 33]],
    [102, 3, [34, 34, 34]],
    [2, 3, [1, 1, 0]],
    [0, 3, [0, 0, 0]],
    [7, 1, [7]],
    [-100, 3, [-34, -33, -33]],
    [-1, 3, [-1, 0, 0]],
    [Number.MAX_SAFE_INTEGER, 2, [4_503_599_627_370_496, 4_503_599_627_370_495]],
  ])("%d in %d is %j", (amount, shares, expected) => {
    expect(splitMinorUnitsEvenly(amount, shares)).toEqual(expected);
  });

  const amount = fc.maxSafeInteger();
  const shares = fc.integer({ min: 1, max: 500 });

  it("add up to it, exactly", () => {
    fc.assert(
      fc.property(amount, shares, (whole, count) => {
        const parts = splitMinorUnitsEvenly(whole, count);
        expect(parts).toHaveLength(count);
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(whole));
      }),
    );
  });

  it("differ by one unit at most, the larger ones first, and are never −0", () => {
    fc.assert(
      fc.property(amount, shares, (whole, count) => {
        const parts = splitMinorUnitsEvenly(whole, count);
        const sizes = parts.map(Math.abs);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        expect(parts.some((part) => Object.is(part, -0))).toBe(false);
      }),
    );
  });

  it("mirror each other around zero", () => {
    fc.assert(
      fc.property(amount, shares, (whole, count) => {
        const mirrored = splitMinorUnitsEvenly(-whole, count).map((part) => 0 - part);
        expect(mirrored).toEqual(splitMinorUnitsEvenly(whole, count));
      }),
    );
  });

  /** A partial refund takes from each touch what the split loses (decisions 18). */
  it("of what is left after partial refunds end at nothing for each part, and never pass it", () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.array(fc.nat(400_000)),
        fc.integer({ min: 1, max: 20 }),
        (value, refunds, n) => {
          let left = value;
          const earned = splitMinorUnitsEvenly(value, n);
          for (const refund of [...refunds, value]) {
            const after = Math.max(0, left - refund);
            const [before, then] = [splitMinorUnitsEvenly(left, n), splitMinorUnitsEvenly(after, n)];
            for (const [i, part] of then.entries()) earned[i] = (earned[i] ?? 0) + part - (before[i] ?? 0);
            left = after;
            expect(earned).toEqual(then);
            expect(earned.every((part) => part >= 0)).toBe(true);
          }
          expect(earned).toEqual(Array.from({ length: n }, () => 0));
        },
      ),
    );
  });
});
