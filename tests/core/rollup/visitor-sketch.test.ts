import { describe, expect, it } from "vitest";
import {
  addEncoded,
  countVisitors,
  emptySketch,
  encodeSketch,
  mostHashes,
  precisionOf,
  type Precision,
  type VisitorSketch,
} from "#core/rollup/visitor-sketch.ts";

/** Numbers without a pattern from a seed (mulberry32), so that a failure can be seen again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An encoded list of `count` random hashes. */
function randomHashes(count: number, random: () => number): Uint8Array {
  const bytes = new Uint8Array(1 + count * 5);
  bytes[0] = 1;
  for (let at = 1; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
  return bytes;
}

function sketchOf(precision: Precision, ...parts: readonly Uint8Array[]): VisitorSketch {
  const sketch = emptySketch(precision);
  for (const part of parts) addEncoded(sketch, part);
  return sketch;
}

describe("counting visitors", () => {
  it("is exact below 1,000, however the set was put together", () => {
    const random = randomFrom(7);
    for (const count of [0, 1, 2, 500, 999]) {
      const hashes = randomHashes(count, random);
      for (const precision of [12, 14, 16] as const) {
        const sketch = sketchOf(precision, hashes, hashes, encodeSketch(sketchOf(precision, hashes)));
        expect(countVisitors(sketch)).toEqual({ visitors: count, margin: null });
      }
    }
  });

  it("errs by at most two sigmas in 95 % of 200 random sets, and not to one side", () => {
    const random = randomFrom(11);
    const sizes = [1_100, 2_500, 6_000, 15_000, 60_000];
    const errors = Array.from({ length: 200 }, (_, index) => {
      const size = sizes[index % sizes.length] ?? 0;
      const { visitors, margin } = countVisitors(sketchOf(12, randomHashes(size, random)));
      expect(margin).toBeGreaterThan(0);
      return (visitors - size) / size / (1.04 / Math.sqrt(2 ** 12));
    });

    expect(errors.filter((sigmas) => Math.abs(sigmas) <= 2).length).toBeGreaterThanOrEqual(190);
    const mean = errors.reduce((sum, sigmas) => sum + sigmas, 0) / errors.length;
    expect(Math.abs(mean)).toBeLessThan(0.25);
  });

  it("has the error of its precision: a site's total is four times finer than a page's", () => {
    const random = randomFrom(13);
    for (const [precision, most] of [
      [14, 4 * 0.0082],
      [16, 4 * 0.0041],
    ] as const) {
      const { visitors } = countVisitors(sketchOf(precision, randomHashes(100_000, random)));
      expect(Math.abs(visitors - 100_000) / 100_000).toBeLessThan(most);
    }
    expect([
      precisionOf("site", "all"),
      precisionOf("site", "channel"),
      precisionOf("channel", "os"),
    ]).toEqual([16, 14, 12]);
  });
});

describe("merging sketches", () => {
  const random = randomFrom(17);
  const parts = [40, 900, 700, 3_000, 12].map((count) => randomHashes(count, random));

  it("gives the same bytes in any order, and however often a part is added", () => {
    const whole = encodeSketch(sketchOf(12, ...parts));
    const turned = encodeSketch(sketchOf(12, ...parts.toReversed(), ...parts));
    const nested = encodeSketch(
      sketchOf(
        12,
        encodeSketch(sketchOf(12, ...parts.slice(0, 2))),
        encodeSketch(sketchOf(12, ...parts.slice(2))),
      ),
    );
    expect(turned).toEqual(whole);
    expect(nested).toEqual(whole);
  });

  it("counts a visitor of two days once", () => {
    const [day] = parts;
    if (!day) throw new Error("No part");
    const next = randomHashes(10, random);
    expect(countVisitors(sketchOf(12, day, next, day)).visitors).toBe(50);
  });

  it("keeps hashes up to its bound and registers beyond", () => {
    const bound = mostHashes(12);
    expect(sketchOf(12, randomHashes(bound, random)).hashes?.size).toBe(bound);
    expect(sketchOf(12, randomHashes(bound + 1, random)).hashes).toBeNull();
  });

  it("refuses bytes that are no sketch, and registers of another precision", () => {
    expect(() => sketchOf(12, Uint8Array.of(9, 1, 2))).toThrow("Cannot read a sketch of kind 9");
    expect(() => sketchOf(12, Uint8Array.of(3, 1, 2))).toThrow("Cannot read a sketch of kind 3");
    expect(() => sketchOf(12, new Uint8Array())).toThrow("Cannot read a sketch");
  });
});
