import {
  geoBasedRegression,
  type GeoBasedError,
  type GeoBasedRegression,
} from "#core/geo/geo-based-regression.ts";
import { costOf, daysTested, treatedAndControl, type GeoExperiment } from "#core/geo/geo-experiment.ts";
import { syntheticControl, type SyntheticControl } from "#core/geo/synthetic-control.ts";
import {
  timeBasedRegression,
  type TimeBasedError,
  type TimeBasedRegression,
} from "#core/geo/time-based-regression.ts";
import type { Result } from "#core/result.ts";

export type GeoTestResult = {
  geos: { treatment: number; control: number };
  days: { before: number; tested: number };
  cost: number;
  timeBased: Result<TimeBasedRegression, TimeBasedError>;
  geoBased: Result<GeoBasedRegression, GeoBasedError>;
  syntheticControl: SyntheticControl;
};

/** The experiment by each of the three methods. */
export function evaluateGeoTest(experiment: GeoExperiment): GeoTestResult {
  const { treated, control } = treatedAndControl(experiment);
  return {
    geos: { treatment: treated.length, control: control.length },
    days: { before: experiment.daysBefore, tested: daysTested(experiment) },
    cost: costOf(experiment),
    timeBased: timeBasedRegression(experiment),
    geoBased: geoBasedRegression(experiment),
    syntheticControl: syntheticControl(experiment),
  };
}
