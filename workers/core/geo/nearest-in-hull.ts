import { dot, leastSquares } from "#core/statistics/least-squares.ts";

/** Some of the points and how much of each makes up where we stand: all above 0, together 1. */
type Corral = { members: readonly number[]; weights: readonly number[] };

/** How much nearer a point must lead, in parts of the lengths it is worked out from, to be more than rounding. */
const ROUNDING = 1e-13;

/**
 * Weights, none below 0 and together 1, of the combination of points that lies nearest to the origin: Wolfe's algorithm
 * (1976, "Finding the nearest point in a polytope"), exact and finite.
 *
 * It walks from corral to corral: sets of points, none a mixture of the others, whose nearest mixture needs each of them.
 * A point that lies further back than where we stand leads nearer and is taken in; whoever then is not needed is left out.
 * Each corral is nearer than the last, so that none comes twice. Weights of points much like these, `guess`, shorten the
 * way.
 */
export function nearestInHull(points: readonly Float64Array[], guess?: Float64Array): Float64Array {
  let corral = (guess && settled(corralOf(guess), points)) ?? shortestAlone(points);
  const seen = new Set([nameOf(corral)]);
  for (;;) {
    const next = nearer(corral, points);
    // Only rounding can lead back to where we were.
    if (next === null || seen.has(nameOf(next))) return weightsOf(corral, points.length);
    seen.add(nameOf(next));
    corral = next;
  }
}

/** A corral that is nearer, by the point that lies furthest back; null where none does. */
function nearer(corral: Corral, points: readonly Float64Array[]): Corral | null {
  const stand = mixture(corral, points);
  const square = dot(stand, stand);
  const longest = points.reduce((most, point) => Math.max(most, dot(point, point)), 0);
  const back = points.map((point) => square - dot(stand, point));
  const furthest = placeOfMost(back);
  if ((back[furthest] ?? 0) <= ROUNDING * Math.sqrt(longest * square)) return null;
  if (corral.members.includes(furthest)) return null;
  return settled({ members: [...corral.members, furthest], weights: [...corral.weights, 0] }, points);
}

function shortestAlone(points: readonly Float64Array[]): Corral {
  return { members: [placeOfMost(points.map((point) => -dot(point, point)))], weights: [1] };
}

function placeOfMost(values: readonly number[]): number {
  return values.reduce((most, value, i) => (value > (values[most] ?? 0) ? i : most), 0);
}

function weightsOf({ members, weights }: Corral, count: number): Float64Array {
  const all = new Float64Array(count);
  for (const [i, member] of members.entries()) all[member] = weights[i] ?? 0;
  return all;
}

function corralOf(weights: Float64Array): Corral {
  const members = [...weights.keys()].filter((i) => (weights[i] ?? 0) > 0);
  return { members, weights: members.map((i) => weights[i] ?? 0) };
}

function nameOf({ members }: Corral): string {
  return members.toSorted((a, b) => a - b).join();
}

/** Goes to the nearest mixture of the members, and leaves out those that are not needed for it. Null if they depend. */
function settled(start: Corral, points: readonly Float64Array[]): Corral | null {
  let corral = start;
  for (;;) {
    const wanted = nearestAmong(corral.members, points);
    if (wanted === null) return null;
    if (wanted.every((weight) => weight > 0)) return { members: corral.members, weights: wanted };
    corral = asFarAsAllowed(corral, wanted);
  }
}

/** From the weights we have towards those wanted, until the first would fall below 0: it goes. */
function asFarAsAllowed({ members, weights }: Corral, wanted: readonly number[]): Corral {
  const limits = weights.map((weight, i) => {
    const goal = wanted[i] ?? 0;
    return goal > 0 ? 1 : weight / (weight - goal || 1);
  });
  const part = limits.reduce((least, limit) => Math.min(least, limit), 1);
  const stays = weights.map((_, i) => (wanted[i] ?? 0) > 0 || (limits[i] ?? 1) > part);
  const moved = weights.map((weight, i) => weight + part * ((wanted[i] ?? 0) - weight));
  return {
    members: members.filter((_, i) => stays[i]),
    weights: moved.filter((_, i) => stays[i]),
  };
}

/** Weights, together 1 and of either sign, of the nearest mixture: the first point, and steps from it to the others. */
function nearestAmong(members: readonly number[], points: readonly Float64Array[]): number[] | null {
  const [first = new Float64Array(), ...others] = members.map(
    (member) => points[member] ?? new Float64Array(),
  );
  const steps = others.map((other) => other.map((value, i) => value - (first[i] ?? 0)));
  const fit = leastSquares(
    steps,
    first.map((value) => -value),
  );
  if (fit === null) return null;
  return [1 - fit.coefficients.reduce((sum, weight) => sum + weight, 0), ...fit.coefficients];
}

function mixture({ members, weights }: Corral, points: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(points[0]?.length ?? 0);
  for (const [i, member] of members.entries()) {
    const [point, weight] = [points[member] ?? sum, weights[i] ?? 0];
    for (let k = 0; k < sum.length; k += 1) sum[k] = (sum[k] ?? 0) + weight * (point[k] ?? 0);
  }
  return sum;
}
