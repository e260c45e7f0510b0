import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import coverageOfHits from "#tests/support/coverage-of-hits.ts";

test("of the modules of a process those are told that were reached, by a statement, a function or a branch", async () => {
  const store = globalThis as { __VITEST_COVERAGE__?: unknown };
  const counted = store.__VITEST_COVERAGE__;
  const folder = await mkdtemp(join(tmpdir(), "waymark-coverage-"));
  const loaded = {
    "/untouched.ts": { s: { 0: 0 }, f: { 0: 0 }, b: { 0: [0, 0] } },
    "/statement.ts": { s: { 0: 0, 1: 2 }, f: {}, b: {} },
    "/function.ts": { s: { 0: 0 }, f: { 0: 1 }, b: {} },
    "/branch.ts": { s: {}, f: {}, b: { 0: [0, 0], 1: [0, 3] } },
  };
  try {
    store.__VITEST_COVERAGE__ = loaded;
    const file = await coverageOfHits.takeCoverage?.({ coverageFilesDirectory: folder });
    const { "/untouched.ts": _left, ...reached } = loaded;
    expect(JSON.parse(await readFile(String(file), "utf8"))).toEqual(reached);
    expect(store.__VITEST_COVERAGE__).toBe(loaded);
  } finally {
    store.__VITEST_COVERAGE__ = counted;
    await rm(folder, { recursive: true });
  }
});
