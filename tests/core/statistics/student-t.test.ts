import { describe, expect, it } from "vitest";

import { normalQuantile } from "#core/statistics/normal-distribution.ts";
import { studentCdf, studentQuantile } from "#core/statistics/student-t.ts";

describe("Student's distribution", () => {
  // Closed forms: 1 degree is Cauchy's, with 2 and 4 it is algebraic.
  it.each([-30, -2, -0.5, 0, 0.5, 2, 30])("at %d is what few degrees of freedom have in closed form", (t) => {
    expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 14);
    expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t ** 2)), 14);
    expect(studentCdf(t, 3)).toBeCloseTo(
      0.5 + (t / Math.sqrt(3) / (1 + t ** 2 / 3) + Math.atan(t / Math.sqrt(3))) / Math.PI,
      14,
    );
    const share = t / Math.sqrt(4 + t ** 2);
    expect(studentCdf(t, 4)).toBeCloseTo(0.5 + (3 / 4) * share * (1 - share ** 2 / 3), 14);
  });

  it.each([
    [0.975, 1, 12.706_204_736_174_7],
    [0.975, 21, 2.079_613_844_727_66],
    [0.975, 54, 2.004_879_288_188_05],
    [0.975, 99, 1.984_216_951_586_45],
  ])("has its quantile of %d with %d degrees where R has it", (probability, freedom, quantile) => {
    expect(studentQuantile(probability, freedom)).toBeCloseTo(quantile, 12);
    expect(studentQuantile(1 - probability, freedom)).toBeCloseTo(-quantile, 12);
  });

  it("is undone by its quantile, and is the normal one in the end", () => {
    for (const p of [1e-6, 0.025, 0.5, 0.8, 0.999])
      for (const freedom of [1, 2, 7, 54]) {
        const there = studentCdf(studentQuantile(p, freedom), freedom);
        expect(there).toBeCloseTo(p, 13);
      }
    expect(studentQuantile(0.975, 100_000)).toBeCloseTo(normalQuantile(0.975), 4);
    expect([studentCdf(Number.POSITIVE_INFINITY, 5), studentCdf(Number.NEGATIVE_INFINITY, 6)]).toEqual([
      1, 0,
    ]);
  });
});
