// @module-tag long
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Interval } from "#core/attribution/interval.ts";
import { geoBasedRegression } from "#core/geo/geo-based-regression.ts";
import type { GeoExperiment } from "#core/geo/geo-experiment.ts";
import { syntheticControl } from "#core/geo/synthetic-control.ts";
import { timeBasedRegression } from "#core/geo/time-based-regression.ts";
import { differences } from "#tests/support/differences.ts";
import { simulatedExperiment } from "./simulated-experiment.ts";

/** With coverage, on a busy machine, hundreds of experiments take their time. */
const PATIENCE = { timeout: 60_000 };

const CASES = { numRuns: 100 };

const experiments = fc
  .record({
    seed: fc.nat(1_000_000),
    treated: fc.integer({ min: 1, max: 3 }),
    control: fc.integer({ min: 3, max: 6 }),
    daysBefore: fc.integer({ min: 12, max: 20 }),
    daysTested: fc.integer({ min: 1, max: 10 }),
    iroas: fc.constantFrom(-1, 0, 3),
  })
  .map(simulatedExperiment);

/** All that is told in money, and all that is not. */
function figuresOf(experiment: GeoExperiment) {
  const [byTime, byGeo] = [timeBasedRegression(experiment), geoBasedRegression(experiment)];
  if (!byTime.ok || !byGeo.ok) throw new Error("A regression is missing");
  const twin = syntheticControl(experiment);
  const money = {
    time: byTime.value.incremental,
    timeLow: byTime.value.interval.low,
    geo: byGeo.value.incremental,
    geoHigh: byGeo.value.interval.high,
    twin: twin.incremental,
    twinLow: twin.interval?.low ?? null,
    imbalance: twin.imbalance,
  };
  const ratios = {
    time: byTime.value.iroas,
    timeHigh: byTime.value.iroasInterval?.high ?? null,
    above: byTime.value.probabilityAboveOne,
    geo: byGeo.value.iroas,
    geoLow: byGeo.value.iroasInterval.low,
    twin: twin.iroas,
    lift: twin.lift,
    p: twin.p,
    ...Object.fromEntries(twin.weights.map(({ geo, weight }) => [geo, weight])),
  };
  return { money, ratios };
}

function times(money: Record<string, number | null>, k: number) {
  return Object.fromEntries(
    Object.entries(money).map(([name, figure]) => [name, figure === null ? null : figure * k]),
  );
}

describe("for any experiment", PATIENCE, () => {
  it("money in another unit is the same money, and ratios, weights and p do not change", () => {
    fc.assert(
      fc.property(experiments, fc.constantFrom(0.01, 7, 1000), (experiment, k) => {
        const geos = experiment.geos.map((geo) => ({
          ...geo,
          revenue: geo.revenue.map((sold) => sold * k),
          cost: geo.cost * k,
        }));
        const [once, other] = [figuresOf(experiment), figuresOf({ ...experiment, geos })];
        expect(differences(times(other.money, 1 / k), once.money, 1e-7)).toEqual([]);
        expect(differences(other.ratios, once.ratios, 1e-7)).toEqual([]);
      }),
      CASES,
    );
  });

  it("the order of geos does not matter", () => {
    fc.assert(
      fc.property(experiments, (experiment) => {
        const turned = figuresOf({ ...experiment, geos: experiment.geos.toReversed() });
        const once = figuresOf(experiment);
        expect(differences(turned.money, once.money, 1e-7)).toEqual([]);
        expect(differences(turned.ratios, once.ratios, 1e-7)).toEqual([]);
      }),
      CASES,
    );
  });

  it("what treated geos sell more on each day of the test is found on top, to the cent", () => {
    fc.assert(
      fc.property(experiments, fc.integer({ min: -500, max: 500 }), (experiment, more) => {
        const { daysBefore } = experiment;
        const geos = experiment.geos.map((geo) => ({
          ...geo,
          revenue: geo.revenue.map((sold, day) => (geo.isTreated && day >= daysBefore ? sold + more : sold)),
        }));
        const found = (one: GeoExperiment) => {
          const byTime = timeBasedRegression(one);
          if (!byTime.ok) throw new Error(byTime.error.kind);
          return { time: byTime.value.incremental, twin: syntheticControl(one).incremental };
        };
        const [before, after] = [found(experiment), found({ ...experiment, geos })];
        const days = (geos[0]?.revenue.length ?? 0) - daysBefore;
        const sum = more * days * geos.filter(({ isTreated }) => isTreated).length;
        expect(differences(after, { time: before.time + sum, twin: before.twin + sum }, 1e-7)).toEqual([]);
      }),
      CASES,
    );
  });
});

/** Of so many experiments with this effect, in how many each method's interval holds it. */
function held(iroas: number, count: number) {
  const inside = { time: 0, geo: 0 };
  for (let seed = 0; seed < count; seed += 1) {
    const one = simulatedExperiment({
      seed,
      iroas,
      treated: 8,
      control: 12,
      daysBefore: 40,
      daysTested: 14,
    });
    const [byTime, byGeo] = [timeBasedRegression(one), geoBasedRegression(one)];
    if (!byTime.ok || !byGeo.ok) throw new Error("A regression is missing");
    const holds = (interval: Interval | null) =>
      interval !== null && interval.low <= iroas && iroas <= interval.high;
    inside.time += Number(holds(byTime.value.iroasInterval));
    inside.geo += Number(holds(byGeo.value.iroasInterval));
  }
  return inside;
}

describe("over many experiments", PATIENCE, () => {
  /** 95 % of 1,000, give or take three standard errors of √(1000 · 0.95 · 0.05) = 6.9. */
  const [LEAST, MOST] = [929, 971];

  it.each([0, 2])("an iROAS of %d lies in 95 % of the intervals", (iroas) => {
    const { time, geo } = held(iroas, 1000);
    for (const count of [time, geo]) {
      expect(count).toBeGreaterThanOrEqual(LEAST);
      expect(count).toBeLessThanOrEqual(MOST);
    }
  });
});
