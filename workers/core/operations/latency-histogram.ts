/**
 * How long things took, mergeable: logarithmic buckets after DDSketch (Masson, Rim, Lee: "DDSketch: A Fast and
 * Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", VLDB 2019). With γ = (1 + α) / (1 − α) bucket i holds
 * what lies in (γ^(i−1), γ^i] and is answered by 2γ^i / (γ + 1), which errs by at most α of it. Two histograms of the same
 * α are merged by adding up their buckets, so quantiles of many isolates and minutes are as good as those of one.
 *
 * Bucket 0 is what took less than a millisecond, as a Worker's clock has it; bucket 1 ends at one millisecond exactly.
 */
export type LatencyHistogram = Map<number, number>;

/** As it travels in JSON: pairs of a bucket and what it counts, by bucket. */
export type HistogramPairs = [bucket: number, count: number][];

/** α: a quantile is at most this part off. */
export const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
/** What takes longer is counted as an hour: no request and no cron goes on for so long, and memory keeps its bound. */
const LONGEST_MS = 3_600_000;

/** The bucket of a duration in milliseconds; what is no duration at all, as a clock set back makes it, is none. */
export function bucketOf(ms: number): number {
  if (!(ms >= 1)) return 0;
  return 1 + Math.ceil(Math.log(Math.min(ms, LONGEST_MS)) / LOG_GAMMA);
}

/** The milliseconds that a bucket stands for. */
export function bucketMs(bucket: number): number {
  if (bucket <= 0) return 0;
  return bucket === 1 ? 1 : (2 * GAMMA ** (bucket - 1)) / (GAMMA + 1);
}

/** Counts one duration, in milliseconds. */
export function addLatency(histogram: LatencyHistogram, ms: number): void {
  const bucket = bucketOf(ms);
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + 1);
}

/** All of them in one; the order does not matter. */
export function mergeHistograms(histograms: Iterable<Iterable<readonly [number, number]>>): LatencyHistogram {
  const merged: LatencyHistogram = new Map();
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram) merged.set(bucket, (merged.get(bucket) ?? 0) + count);
  }
  return merged;
}

/** How many durations were counted. */
export function countLatencies(histogram: LatencyHistogram): number {
  let sum = 0;
  for (const count of histogram.values()) sum += count;
  return sum;
}

/**
 * The duration in milliseconds that a part `q` (0 to 1) of all does not exceed: the one at rank ⌈q·n⌉ of all that are in
 * order, with the relative error above. Null without any.
 */
export function latencyQuantile(histogram: LatencyHistogram, q: number): number | null {
  const rank = Math.max(1, Math.ceil(q * countLatencies(histogram)));
  let seen = 0;
  for (const [bucket, count] of histogramPairs(histogram)) {
    seen += count;
    if (seen >= rank) return bucketMs(bucket);
  }
  return null;
}

/** The plain form. `new Map(pairs)` reads it. */
export function histogramPairs(histogram: LatencyHistogram): HistogramPairs {
  return [...histogram].toSorted(([a], [b]) => a - b);
}
