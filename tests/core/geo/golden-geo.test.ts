import { describe, expect, it } from "vitest";

import { geoBasedRegression } from "#core/geo/geo-based-regression.ts";
import { syntheticControl } from "#core/geo/synthetic-control.ts";
import { timeBasedRegression } from "#core/geo/time-based-regression.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenJson } from "#tests/support/golden-files.ts";
import { goldenExperiment } from "./golden-experiment.ts";

type Ends = [number, number];
type Expected = {
  true_iROAS: number;
  TBR: Record<string, number> & { ci95: Ends; iROAS_ci95: Ends };
  GBR: Record<string, number> & { ci95: Ends; coef: [number, number, number] };
  synthetic_control: Record<string, number> & { weights: Record<string, number> };
};

const expected = goldenJson<Expected>("expected_geo.json");
const experiment = goldenExperiment();

describe("the golden geo experiment", () => {
  it("by time-based regression is as R's lm() has it", () => {
    const result = timeBasedRegression(experiment);
    if (!result.ok) throw new Error(result.error.kind);
    const { interval, iroasInterval, iroas, freedom, probabilityAboveOne, ...rest } = result.value;
    const { ci95, iROAS_ci95, cost, ...figures } = expected.TBR;
    expect(cost).toBe(experiment.geos.reduce((sum, geo) => sum + geo.cost, 0));
    const actual = { ...rest, iROAS: iroas, df: freedom, prob_iROAS_gt_1: probabilityAboveOne };
    expect(differences(actual, figures)).toEqual([]);
    const ends = { low: ci95[0], high: ci95[1] };
    expect(differences(interval, ends)).toEqual([]);
    expect(differences(iroasInterval ?? {}, { low: iROAS_ci95[0], high: iROAS_ci95[1] })).toEqual([]);
  });

  it("by geo-based regression is as R's lm() has it", () => {
    const result = geoBasedRegression(experiment);
    if (!result.ok) throw new Error(result.error.kind);
    const { coefficients, iroasInterval, interval, freedom, iroas, ...rest } = result.value;
    const { ci95, coef, ...figures } = expected.GBR;
    expect(differences({ ...rest, iROAS: iroas, df: freedom }, figures)).toEqual([]);
    expect(
      differences(Object.fromEntries(coefficients.entries()), Object.fromEntries(coef.entries())),
    ).toEqual([]);
    expect(differences(iroasInterval, { low: ci95[0], high: ci95[1] })).toEqual([]);
    const cost = expected.TBR["cost"] ?? 0;
    expect(differences(interval, { low: ci95[0] * cost, high: ci95[1] * cost })).toEqual([]);
  });

  it("by synthetic control follows the same twin to the same gap", () => {
    const { weights, effect, incremental, lift, imbalance, iroas, p } = syntheticControl(experiment);
    const {
      weights: golden,
      max_abs_diff_vs_SLSQP: solverGap,
      p_moving_block,
      ...figures
    } = expected.synthetic_control;
    const actual = {
      ATT: effect,
      incremental,
      percent_lift: lift === null ? null : lift * 100,
      L2_imbalance: imbalance,
      iROAS: iroas,
    };
    expect(differences(actual, figures)).toEqual([]);
    const named = Object.fromEntries(weights.map(({ geo, weight }) => [geo, weight]));
    expect(differences(named, golden, 1e-6)).toEqual([]);
    expect(solverGap).toBeLessThan(1e-7);
    expect(p).toBe(p_moving_block);
  });

  it("has the true effect in each interval", () => {
    const [byTime, byGeo] = [timeBasedRegression(experiment), geoBasedRegression(experiment)];
    const twin = syntheticControl(experiment);
    const intervals = [byTime.ok && byTime.value, byGeo.ok && byGeo.value, twin].map(
      (method) => method && method.iroasInterval,
    );
    for (const interval of intervals) {
      if (!interval) throw new Error("An interval is missing");
      expect(interval.low).toBeLessThan(expected.true_iROAS);
      expect(interval.high).toBeGreaterThan(expected.true_iROAS);
      expect(interval.low).toBeGreaterThan(0);
    }
  });
});
