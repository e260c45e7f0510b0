import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dot, formVariance, leastSquares } from "#core/statistics/least-squares.ts";

const CASES = { numRuns: 1000 };

const value = fc.integer({ min: -100, max: 100 });
const problem = fc
  .tuple(fc.integer({ min: 4, max: 12 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) => {
    const column = fc.array(value, { minLength: rows, maxLength: rows }).map((one) => Float64Array.from(one));
    return fc.record({
      columns: fc.array(column, { minLength: columns, maxLength: columns }),
      target: column,
    });
  });

describe("least squares", () => {
  it("leave residuals that stand upright on every column, and say their squares", () => {
    fc.assert(
      fc.property(problem, ({ columns, target }) => {
        const fit = leastSquares(columns, target);
        if (fit === null) return;
        const residuals = target.map((sold, row) =>
          columns.reduce((left, column, k) => left - (fit.coefficients[k] ?? 0) * (column[row] ?? 0), sold),
        );
        const size = 1 + Math.max(...fit.coefficients.map(Math.abs));
        for (const column of columns) expect(Math.abs(dot(column, residuals)) / size).toBeLessThan(1e-6);
        expect(Math.abs(fit.squares - dot(residuals, residuals)) / (1 + fit.squares)).toBeLessThan(1e-8);
        expect(fit.freedom).toBe(target.length - columns.length);
      }),
      CASES,
    );
  });

  it("draw the line of the textbook, with the variance of each end", () => {
    // x = 1, 2, 3, 4: mean 2.5, Σ(x − mean)² = 5; y = 1, 3, 2, 5: slope 5.5 ÷ 5, residual squares 8.75 − 1.1 · 5.5.
    const ones = new Float64Array(4).fill(1);
    const fit = leastSquares([ones, Float64Array.of(1, 2, 3, 4)], Float64Array.of(1, 3, 2, 5));
    if (fit === null) throw new Error("There is a line");
    expect(fit.coefficients[1]).toBeCloseTo(1.1, 13);
    expect(fit.coefficients[0]).toBeCloseTo(2.75 - 1.1 * 2.5, 13);
    expect(fit.squares).toBeCloseTo(8.75 - 1.1 * 5.5, 13);
    expect(formVariance(fit, [0, 1])).toBeCloseTo(1 / 5, 14);
    expect(formVariance(fit, [1, 2.5])).toBeCloseTo(1 / 4, 14);
    expect(formVariance(fit, [1, 10])).toBeCloseTo(1 / 4 + 7.5 ** 2 / 5, 12);
  });

  it("are none for columns that depend on each other, and for more columns than rows", () => {
    const one = Float64Array.of(1, 2, 3);
    expect(leastSquares([one, one.map((x) => x * 3)], one)).toBeNull();
    expect(leastSquares([new Float64Array(3)], one)).toBeNull();
    expect(leastSquares([Float64Array.of(1), Float64Array.of(2)], Float64Array.of(3))).toBeNull();
  });

  it("keep the digits of a small slope on a high level", () => {
    const level = 1e7;
    const x = Float64Array.from({ length: 50 }, (_, i) => level + (i % 7));
    const fit = leastSquares(
      [new Float64Array(50).fill(1), x],
      x.map((at) => 3 + 0.5 * (at - level)),
    );
    expect(fit?.coefficients[1]).toBeCloseTo(0.5, 7);
    expect(fit?.squares).toBeLessThan(1e-10);
  });
});
