import { describe, expect, it } from "vitest";

import { effectInterval, movingBlockP } from "#core/geo/moving-block.ts";
import { syntheticControl } from "#core/geo/synthetic-control.ts";
import { simulatedExperiment } from "./simulated-experiment.ts";

const PATIENCE = { timeout: 60_000 };

describe("the moving-block p-value", () => {
  it.each([
    ["a gap that nothing comes near", [1, -1, 1, 1, -9, 9], 2, 1 / 6],
    ["a block that is larger than what begins with its last day", [1, 2, -1, 2, 4], 2, 1 / 5],
    ["ties, which count as being as large", [2, -2, 2, -2], 1, 1],
    ["a test of fewer days than one that was stranger", [0, 7, 0, 0, 0, 5], 1, 2 / 6],
    ["the turn over the end of the days", [5, 0, 0, 0, 1, 4], 2, 3 / 6],
    ["nothing at all", [0, 0, 0], 1, 1],
  ])("of %s", (...[, gaps, block, p]) => {
    expect(movingBlockP(Float64Array.from(gaps), block)).toBeCloseTo(p, 15);
  });
});

describe("the interval of the effect", () => {
  it("is the effects that the test does not refuse, to a ten-thousandth, ends rather outside", () => {
    const pOf = (effect: number) => (effect > -3 && effect < 10.5 ? 0.4 : 0.05);
    const { low, high } = effectInterval({ pOf, effect: 2, step: 0.75 }) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo(-3, 3);
    expect(high).toBeCloseTo(10.5, 3);
    expect(low).toBeLessThanOrEqual(-3);
    expect(high).toBeGreaterThanOrEqual(10.5);
  });

  it("is none where nothing is refused, or the effect itself is", () => {
    expect(effectInterval({ pOf: () => 0.2, effect: 1, step: 1 })).toBeNull();
    expect(effectInterval({ pOf: (effect) => (effect > 1 ? 1 : 0.01), effect: 1, step: 1 })).toBeNull();
    expect(effectInterval({ pOf: (effect) => (effect > 0 ? 1 : 0.01), effect: 1, step: 1 })).toBeNull();
  });

  it("of an experiment of fewer than 20 days is none, and its p says no more than it can", () => {
    const few = simulatedExperiment({
      seed: 1,
      treated: 2,
      control: 4,
      daysBefore: 15,
      daysTested: 4,
      iroas: 9,
    });
    const { interval, iroasInterval, p } = syntheticControl(few);
    expect([interval, iroasInterval]).toEqual([null, null]);
    expect(p).toBeGreaterThanOrEqual(1 / 19);
  });
});

describe("a test that is longer than what went before", () => {
  it.each([1, 2, 3, 4, 5])("has no interval: any effect would pass for the usual (%d)", (seed) => {
    const shape = { treated: 2, control: 5, daysBefore: 14, daysTested: 26, iroas: 3 };
    expect(syntheticControl(simulatedExperiment({ seed, ...shape })).interval).toBeNull();
  });
});

describe("over many experiments without an effect", PATIENCE, () => {
  it("p is 5 % or less in no more than 5 % of them, and the interval holds 0 exactly in the others", () => {
    const COUNT = 300;
    let [refused, wrong] = [0, 0];
    for (let seed = 0; seed < COUNT; seed += 1) {
      const shape = { treated: 4, control: 6, daysBefore: 28, daysTested: 12, iroas: 0 };
      const { p, interval } = syntheticControl(simulatedExperiment({ seed, ...shape }));
      refused += Number(p <= 0.05);
      const isInside = interval === null || (interval.low <= 0 && interval.high >= 0);
      wrong += Number(interval !== null && isInside !== p > 0.05);
    }
    expect(wrong).toBe(0);
    // Three standard errors above 5 %.
    expect(refused).toBeLessThanOrEqual(COUNT * 0.05 + 3 * Math.sqrt(COUNT * 0.05 * 0.95));
    expect(refused).toBeGreaterThan(0);
  });
});
