import type { Interval } from "#core/attribution/interval.ts";
import { dot } from "#core/statistics/least-squares.ts";
import {
  costOf,
  daysTested,
  iroasOf,
  revenueOf,
  scaled,
  sumOf,
  treatedAndControl,
  type GeoExperiment,
  type Iroas,
} from "./geo-experiment.ts";
import { effectInterval, movingBlockP } from "./moving-block.ts";
import { nearestInHull } from "./nearest-in-hull.ts";

export type SyntheticControl = Iroas & {
  /** Of each control geo, in their order: together 1, none below 0. */
  weights: { geo: string; weight: number }[];
  /** What a treated geo sold more on a day of the test, on average (ATT). */
  effect: number;
  /** What all of them sold more in the whole test, with its 95 % interval; null where that has an end nowhere. */
  incremental: number;
  interval: Interval | null;
  /** Incremental by what would have been sold without the test. Null where that is not above 0. */
  lift: number | null;
  /** Length of the gaps before the test: √Σ(treated − synthetic)². 0 is a perfect twin. */
  imbalance: number;
  /** How often chance alone makes a gap as large as that of the test. */
  p: number;
};

/** The mean treated geo and the control geos, day by day. */
type Panel = { treated: Float64Array; controls: readonly Float64Array[] };

/**
 * Synthetic control (Abadie, Diamond and Hainmueller 2010) with fixed effects, as augsynth and so GeoLift have it by
 * default (Ben-Michael, Feller and Rothstein 2021, "The Augmented Synthetic Control Method", 5.3): each geo less its own
 * mean before the test; the mean treated geo is followed as closely as a weighted mean of control geos can, by the sum of
 * squares before the test. What it is above that during the test is the effect.
 */
export function syntheticControl(experiment: GeoExperiment): SyntheticControl {
  const { treated, control } = treatedAndControl(experiment);
  const panel = {
    treated: revenueOf(treated).map((sold) => sold / treated.length),
    controls: control.map(({ revenue }) => revenue),
  };
  const { daysBefore } = experiment;
  const days = daysTested(experiment);
  const { weights, gaps } = followed(panel, { daysFitted: daysBefore });
  const gapBefore = gaps.subarray(0, daysBefore);
  const effect = sumOf(gaps.subarray(daysBefore)) / days;
  const imbalance = Math.sqrt(dot(gapBefore, gapBefore));
  // The weights of one effect are nearly those of the next that is tried.
  let guess = weights;
  const pOf = (ofEffect: number) => {
    const fit = followedUnder(ofEffect, panel, { daysBefore, guess });
    guess = fit.weights;
    return movingBlockP(fit.gaps, days);
  };
  const perDay = effectInterval({ pOf, effect, step: stepOf(panel, imbalance / Math.sqrt(daysBefore)) });
  const all = days * treated.length;
  const interval = perDay && scaled(perDay, all);
  const without = sumOf(panel.treated.subarray(daysBefore)) - effect * days;
  return {
    weights: control.map(({ name }, i) => ({ geo: name, weight: weights[i] ?? 0 })),
    effect,
    incremental: effect * all,
    interval,
    imbalance,
    p: pOf(0),
    lift: without > 0 ? (effect * days) / without : null,
    ...iroasOf(effect * all, interval, costOf(experiment)),
  };
}

type Fit = { daysFitted: number; guess?: Float64Array };

/** Weights by the first `daysFitted` days, and the gap on each day: mean treated geo less synthetic one. */
function followed({ treated, controls }: Panel, { daysFitted, guess }: Fit) {
  const target = centred(treated, daysFitted);
  const donors = controls.map((control) => centred(control, daysFitted));
  // Weights are 1 together, so that the gap is a mean of the distances to each donor: the shortest is sought.
  const distances = donors.map((donor) => target.map((value, day) => value - (donor[day] ?? 0)));
  const fitted = distances.map((distance) => distance.subarray(0, daysFitted));
  const weights = nearestInHull(fitted, guess);
  const gaps = target.map((_, day) =>
    distances.reduce((sum, distance, i) => sum + (weights[i] ?? 0) * (distance[day] ?? 0), 0),
  );
  return { weights, gaps };
}

/** Less its own mean of the first days. */
function centred(values: Float64Array, daysFitted: number): Float64Array {
  const mean = sumOf(values.subarray(0, daysFitted)) / daysFitted;
  return values.map((value) => value - mean);
}

/** What follows if the effect was this much a day: without it no day is special, so that all days are fitted. */
function followedUnder(
  effect: number,
  { treated, controls }: Panel,
  { daysBefore, guess }: { daysBefore: number; guess: Float64Array },
) {
  const without = treated.map((sold, day) => (day < daysBefore ? sold : sold - effect));
  return followed({ treated: without, controls }, { daysFitted: without.length, guess });
}

/** How far apart effects are tried first: the usual gap, or something of the size of what is sold. */
function stepOf({ treated }: Panel, usualGap: number): number {
  const size = Math.sqrt(dot(treated, treated) / treated.length);
  return Math.max(usualGap, size * 1e-6) || 1;
}
