import { describe, expect, it } from "vitest";

import { normalCdf, normalQuantile, twoSidedP } from "#core/statistics/normal-distribution.ts";
import { probabilityBetter } from "#core/statistics/probability-better.ts";
import { peoplePerGroup } from "#core/statistics/sample-size.ts";
import {
  chiSquared,
  fisherP,
  newcombeInterval,
  relativeLift,
  waldInterval,
  wilsonInterval,
} from "#core/statistics/two-proportions.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenJson } from "#tests/support/golden-files.ts";

type Reference = {
  two_proportion: (Record<string, number> & {
    wald_ci: [number, number];
    newcombe_ci: [number, number];
    rel_lift_log_ci: [number, number];
  })[];
  power_prop_test: { p1: number; p2: number; alpha: number; power: number; n_per_group: number }[];
};

const reference = goldenJson<Reference>("stats_reference_R.json");

function comparisonOf(row: Record<string, unknown>) {
  return {
    treatment: { converted: Number(row["treat_x"]), people: Number(row["treat_n"]) },
    control: { converted: Number(row["ctrl_x"]), people: Number(row["ctrl_n"]) },
  };
}

describe("two groups, as R has them", () => {
  it.each(reference.two_proportion)("$treat_x of $treat_n against $ctrl_x of $ctrl_n", (row) => {
    const groups = comparisonOf(row);
    const { treatment, control } = groups;
    const [wald, newcombe, lift] = [waldInterval(groups), newcombeInterval(groups), relativeLift(groups)];
    const actual = {
      diff: treatment.converted / treatment.people - control.converted / control.people,
      chisq_nocorrect: chiSquared(groups, false).statistic,
      p_nocorrect: chiSquared(groups, false).p,
      p_yates: chiSquared(groups, true).p,
      p_fisher: fisherP(groups),
      rel_lift: lift?.lift ?? null,
      bayes_prob_treat_gt_ctrl_beta11: probabilityBetter(groups),
      wald_low: wald.low,
      wald_high: wald.high,
      newcombe_low: newcombe.low,
      newcombe_high: newcombe.high,
      lift_low: lift?.low ?? null,
      lift_high: lift?.high ?? null,
    };
    const names = Object.keys(actual).filter((name) => name in row);
    const expected = Object.fromEntries(names.map((name) => [name, row[name] ?? Number.NaN]));
    const ends = {
      wald_low: row.wald_ci[0],
      wald_high: row.wald_ci[1],
      newcombe_low: row.newcombe_ci[0],
      newcombe_high: row.newcombe_ci[1],
      lift_low: row.rel_lift_log_ci[0],
      lift_high: row.rel_lift_log_ci[1],
    };
    expect(names).toHaveLength(7);
    expect(differences(actual, { ...expected, ...ends })).toEqual([]);
  });

  it.each(reference.power_prop_test)("$p1 against $p2 at power $power: people per group", (row) => {
    const people = peoplePerGroup({ from: row.p1, to: row.p2, alpha: row.alpha, power: row.power });
    // R seeks the number by intervals and stops at a few hundredths of a person.
    expect(Math.abs(people / row.n_per_group - 1)).toBeLessThan(1e-6);
  });
});

describe("the ends of what can be compared", () => {
  const nobody = { converted: 0, people: 50 };
  const some = { converted: 5, people: 50 };

  it("a lift on nothing is none; groups that are the same differ by chance for sure", () => {
    expect(relativeLift({ treatment: some, control: nobody })).toBeNull();
    expect(relativeLift({ treatment: nobody, control: some })).toBeNull();
    const same = { treatment: some, control: some };
    expect(chiSquared(same, true)).toEqual({ statistic: 0, p: 1 });
    expect(chiSquared({ treatment: nobody, control: nobody }, false)).toEqual({ statistic: 0, p: 1 });
    expect(fisherP(same)).toBeCloseTo(1, 12);
    expect(probabilityBetter(same)).toBeCloseTo(0.5, 12);
  });

  it("turned round, a comparison says the opposite", () => {
    const one = { treatment: some, control: nobody };
    const other = { treatment: nobody, control: some };
    expect(fisherP(one)).toBeCloseTo(fisherP(other), 12);
    expect(probabilityBetter(one) + probabilityBetter(other)).toBeCloseTo(1, 12);
    expect(newcombeInterval(one).low).toBeCloseTo(-newcombeInterval(other).high, 12);
  });

  it("Wilson's interval of none is not a point", () => {
    const { low, high } = wilsonInterval(nobody);
    expect(low).toBeCloseTo(0, 12);
    // z² ÷ (n + z²)
    expect(high).toBeCloseTo(3.841_458_820_694_124 / (50 + 3.841_458_820_694_124), 12);
  });
});

describe("the normal distribution", () => {
  it("is as tables have it, also far out", () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1.959_963_984_540_054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-1)).toBeCloseTo(0.158_655_253_931_457_05, 15);
    expect(twoSidedP(5) / 5.733_031_437_583_866e-7).toBeCloseTo(1, 12);
    expect(twoSidedP(-10) / 1.523_970_604_832_105e-23).toBeCloseTo(1, 12);
  });

  it("is undone by its quantile", () => {
    for (const p of [1e-10, 0.001, 0.025, 0.5, 0.8, 0.975, 0.999_999])
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 11);
  });
});
