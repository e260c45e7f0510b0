import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const STACK = "./tests/support/global-setup.ts";
/** Folders of tests that need more than Node; every other folder below tests/ belongs to `unit`. */
const NEED_MORE = ["db", "usecases", "workers", "stack", "browser", "faults", "bench"];

/** The full figures of `npm run test:soak` take their time. */
const PATIENCE = process.env["SOAK"] === "1" ? 10 : 1;

/** Some fill a database with hundreds of thousands of rows or start a whole stack, on machines that do other things too. */
const WITH_A_DATABASE = {
  globalSetup: STACK,
  testTimeout: 60_000 * PATIENCE,
  hookTimeout: 120_000 * PATIENCE,
};

/** Files that run one after the other in one process load Wrangler, Drizzle and the rest once: half the time. */
const SHARED_PROCESS = { isolate: false };

/**
 * What waits for queues and crons comes first, what waits longest before all, so that others have the cores meanwhile and
 * nobody waits for it at the end.
 */
const FIRST = [
  "tests/workers/dev-session",
  "tests/workers/second-database",
  "tests/workers/api/reports",
  "tests/workers",
];

class WaitersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = FIRST.findIndex((start) => moduleId.includes(`/${start}`));
  return place < 0 ? FIRST.length : place;
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    provide: { neonWithin: false },
    sequence: { sequencer: WaitersFirst },
    tags: [{ name: "long", description: "Takes more than a second, so that `npm run check` leaves it out" }],
    coverage: {
      provider: "custom",
      customProviderModule: "./tests/support/coverage-of-hits.ts",
      include: [
        "workers/core",
        "workers/contract",
        "workers/usecases",
        "workers/rendering",
        "db/queries",
      ].map((folder) => `${folder}/**/*.ts`),
      reporter: ["text-summary", "lcovonly", "json-summary"],
      reportOnFailure: true,
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          ...SHARED_PROCESS,
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: NEED_MORE.map((folder) => `tests/${folder}/**`),
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          ...SHARED_PROCESS,
          include: ["tests/{db,usecases}/**/*.test.ts"],
          ...WITH_A_DATABASE,
          provide: { neonWithin: true },
        },
      },
      {
        extends: true,
        test: {
          name: "stack",
          ...SHARED_PROCESS,
          include: ["tests/stack/**/*.test.ts"],
          ...WITH_A_DATABASE,
        },
      },
      {
        extends: true,
        test: {
          name: "workers",
          ...SHARED_PROCESS,
          include: ["tests/workers/**/*.test.ts"],
          ...WITH_A_DATABASE,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          ...SHARED_PROCESS,
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: STACK,
          fileParallelism: false,
          testTimeout: 90_000 * PATIENCE,
          hookTimeout: 120_000 * PATIENCE,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          // Each file has a stack of its own, because it breaks it.
          ...SHARED_PROCESS,
          include: ["tests/faults/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 180_000 * PATIENCE,
          hookTimeout: 120_000 * PATIENCE,
        },
      },
    ],
  },
});
