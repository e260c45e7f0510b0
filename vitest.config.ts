import { defineConfig } from "vitest/config";

const STACK = "./tests/support/global-setup.ts";
/** Folders of tests that need more than Node; every other folder below tests/ belongs to `unit`. */
const NEED_MORE = ["db", "usecases", "workers", "stack", "browser", "faults", "bench"];

export default defineConfig({
  test: {
    coverage: {
      provider: "v8",
      include: [
        "workers/core",
        "workers/contract",
        "workers/usecases",
        "workers/rendering",
        "db/queries",
      ].map((folder) => `${folder}/**/*.ts`),
      reporter: ["text-summary", "html", "lcovonly", "json-summary"],
      thresholds: { lines: 80, "workers/core/**": { lines: 95 } },
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: NEED_MORE.map((folder) => `tests/${folder}/**`),
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["tests/{db,usecases}/**/*.test.ts"],
          globalSetup: STACK,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "stack",
          include: ["tests/stack/**/*.test.ts"],
          globalSetup: STACK,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "workers",
          include: ["tests/workers/**/*.test.ts"],
          globalSetup: STACK,
          testTimeout: 30_000,
          hookTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: STACK,
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: STACK,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
