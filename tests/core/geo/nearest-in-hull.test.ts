import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nearestInHull } from "#core/geo/nearest-in-hull.ts";
import { dot } from "#core/statistics/least-squares.ts";

const CASES = { numRuns: 1000 };

/** Points of a lattice: many lie on lines and planes of others, or are the same. */
const lattice = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }))
  .chain(([dimensions, count]) => pointsOf(dimensions, count, fc.integer({ min: -3, max: 3 })));
/** Points anywhere, of a size that no tolerance can be meant for. */
const anywhere = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20 }), fc.constantFrom(1e-6, 1, 1e9))
  .chain(([dimensions, count, size]) =>
    pointsOf(
      dimensions,
      count,
      fc.double({ min: -1, max: 1, noNaN: true }).map((x) => Math.fround(x) * size),
    ),
  );

function pointsOf(dimensions: number, count: number, coordinate: fc.Arbitrary<number>) {
  const point = fc.array(coordinate, { minLength: dimensions, maxLength: dimensions });
  return fc
    .array(point, { minLength: count, maxLength: count })
    .map((points) => points.map((one) => Float64Array.from(one)));
}

function mixed(points: readonly Float64Array[], weights: Float64Array): Float64Array {
  return Float64Array.from(points[0] ?? [], (_, k) =>
    points.reduce((sum, point, i) => sum + (weights[i] ?? 0) * (point[k] ?? 0), 0),
  );
}

const lengthOf = (point: Float64Array) => Math.sqrt(dot(point, point));

describe("the nearest mixture", () => {
  it("meets the conditions of Karush, Kuhn and Tucker, which no other can", () => {
    fc.assert(
      fc.property(fc.oneof(lattice, anywhere), fc.boolean(), (points, isGuessed) => {
        const others = points.map((point) => point.map((value, k) => value + k));
        const weights = nearestInHull(points, isGuessed ? nearestInHull(others) : undefined);
        const nearest = mixed(points, weights);
        const longest = Math.max(...points.map(lengthOf));
        expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-9);
        for (const [i, point] of points.entries()) {
          expect(weights[i]).toBeGreaterThanOrEqual(0);
          // No point lies further back, and those that count lie level.
          const ahead = dot(nearest, point) - dot(nearest, nearest);
          const rounding = 1e-9 * longest * Math.max(lengthOf(nearest), longest * 1e-3);
          expect(ahead).toBeGreaterThanOrEqual(-rounding);
          expect((weights[i] ?? 0) === 0 || ahead <= rounding).toBe(true);
        }
      }),
      CASES,
    );
  });

  it.each([
    ["a point is itself", [[3, 4]], [1]],
    [
      "between two it is the foot of the height",
      [
        [1, -1],
        [1, 3],
      ],
      [0.75, 0.25],
    ],
    [
      "beyond their ends it is the nearer one",
      [
        [1, 1],
        [2, 5],
      ],
      [1, 0],
    ],
    [
      "the origin inside a triangle is met",
      [
        [3, 0],
        [-3, 3],
        [-3, -3],
      ],
      [0.5, 0.25, 0.25],
    ],
    [
      "of two that are the same one will do",
      [
        [2, 0],
        [2, 0],
        [9, 9],
      ],
      [1, 0, 0],
    ],
    [
      "a point first taken is left again",
      [
        [0, 2],
        [3, 1],
        [-3, 1],
      ],
      [0, 0.5, 0.5],
    ],
  ])("%s", (_, coordinates, expected) => {
    const points = coordinates.map((one) => Float64Array.from(one));
    const weights = nearestInHull(points);
    for (const [i, weight] of weights.entries()) expect(weight).toBeCloseTo(expected[i] ?? Number.NaN, 12);
  });
});
