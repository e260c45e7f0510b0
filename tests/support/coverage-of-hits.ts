import istanbul from "@vitest/coverage-istanbul";
import type { CoverageProviderModule } from "vitest/node";

type Counts = Record<string, number>;
/** Istanbul's, without what is not counted. */
type FileCounts = { s: Counts; f: Counts; b: Record<string, number[]> };
type Store = { __VITEST_COVERAGE__?: Record<string, FileCounts> };
type Options = Parameters<NonNullable<typeof istanbul.takeCoverage>>[0];

/**
 * Istanbul's counters, which stand in the product's modules alone: V8's slow down each library that the tests use, too.
 * After a test file it tells only of modules that the file has reached, and not again of all that its process ever loaded.
 */
const coverageOfHits: CoverageProviderModule = {
  ...istanbul,
  async takeCoverage(options: Options) {
    const store = globalThis as Store;
    const { __VITEST_COVERAGE__: loaded } = store;
    if (loaded === undefined) return undefined;
    store.__VITEST_COVERAGE__ = Object.fromEntries(
      Object.entries(loaded).filter(([, counts]) => isHit(counts)),
    );
    try {
      return await istanbul.takeCoverage?.(options);
    } finally {
      store.__VITEST_COVERAGE__ = loaded;
    }
  },
};
// oxlint-disable-next-line import/no-default-export -- the name by which Vitest asks for it.
export default coverageOfHits;

function isHit({ s, f, b }: FileCounts): boolean {
  const counts = [Object.values(s), Object.values(f), Object.values(b).flat()];
  return counts.some((each) => each.some((count) => count > 0));
}
