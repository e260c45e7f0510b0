/** A figure of a bench: a ratio within one run, because what a machine does in a second says nothing of another one. */
export type BenchResult = {
  name: string;
  /** Null where only the detail says something. */
  ratio: number | null;
  target: number | null;
  /** Whether the target is the least or the most that the ratio may be. */
  bound?: "at least" | "at most";
  /** The mix, the counts, the absolute figures. */
  detail: string;
};

/** `BENCH_SCALE=0.02` tries a large bench out in seconds; its figures are none to keep. */
export const SCALE = Number(process.env["BENCH_SCALE"] ?? 1);

/** The middle one; of an even number the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

export function perSecond(count: number, ms: number): string {
  return `${Math.round((count / ms) * 1000).toLocaleString("en")}/s`;
}
