import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addLatency,
  bucketOf,
  countLatencies,
  histogramPairs,
  latencyQuantile,
  mergeHistograms,
  RELATIVE_ERROR,
  type LatencyHistogram,
} from "#core/operations/latency-histogram.ts";

const durations = fc.array(fc.double({ min: 0, max: 3_600_000, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});
const quantile = fc.double({ min: 0, max: 1, noNaN: true });

function histogramOf(all: readonly number[]): LatencyHistogram {
  const histogram: LatencyHistogram = new Map();
  for (const ms of all) addLatency(histogram, ms);
  return histogram;
}

/** The duration at rank ⌈q·n⌉ of all in order, without any histogram. */
function exactQuantile(all: readonly number[], q: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
}

describe("a histogram of latencies", () => {
  it("answers every quantile within a hundredth of the exact one, which is half of what is promised", () => {
    expect(RELATIVE_ERROR).toBeLessThanOrEqual(0.02);
    fc.assert(
      fc.property(durations, quantile, (all, q) => {
        const exact = exactQuantile(all, q);
        const answered = latencyQuantile(histogramOf(all), q) ?? Number.NaN;
        // Below a millisecond a Worker's clock does not tell.
        const mayErr = exact < 1 ? 1 : exact * RELATIVE_ERROR + 1e-9;
        expect(Math.abs(answered - exact)).toBeLessThanOrEqual(mayErr);
      }),
    );
  });

  it("is the same merged from parts, in any order, as counted at once", () => {
    fc.assert(
      fc.property(durations, durations, durations, (a, b, c) => {
        const whole = histogramPairs(histogramOf([...a, ...b, ...c]));
        const [ofA, ofB, ofC] = [histogramOf(a), histogramOf(b), histogramOf(c)];
        expect(histogramPairs(mergeHistograms([ofC, ofA, ofB]))).toEqual(whole);
        expect(histogramPairs(mergeHistograms([mergeHistograms([ofA, ofB]), histogramPairs(ofC)]))).toEqual(
          whole,
        );
      }),
    );
  });

  it("loses nothing on its way through JSON, and counts what it was given", () => {
    fc.assert(
      fc.property(durations, (all) => {
        const histogram = histogramOf(all);
        const text = JSON.stringify(histogramPairs(histogram));
        const read: LatencyHistogram = new Map(JSON.parse(text) as [number, number][]);
        expect(read).toEqual(new Map(histogramPairs(histogram)));
        expect(countLatencies(read)).toBe(all.length);
      }),
    );
  });

  it("has no quantile of nothing", () => {
    expect(latencyQuantile(new Map(), 0.5)).toBeNull();
  });

  it("answers zero below a millisecond, a millisecond exactly, and counts what is no duration as zero", () => {
    expect([0, 0.4, -5, Number.NaN].map((ms) => latencyQuantile(histogramOf([ms]), 1))).toEqual([0, 0, 0, 0]);
    expect(latencyQuantile(histogramOf([1]), 1)).toBe(1);
  });

  it("keeps its bound: whatever lasts longer counts as an hour", () => {
    expect(bucketOf(1e12)).toBe(bucketOf(3_600_000));
    expect(bucketOf(Infinity)).toBeLessThan(760);
  });
});
