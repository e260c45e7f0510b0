import type { CreateRunRequest, DifferenceExample, Run, RunComparison, RunDetails } from "#contract/runs.ts";
import { attributionReady } from "./fixture-attribution.ts";
import type { FixtureState } from "./fixture-state.ts";

/** Two months of a habit: the figures kept when the report went out. */
export function demoRuns(): Run[] {
  const base: Run = {
    id: "run_october",
    siteId: "site_nord",
    name: "October, as reported",
    status: "ready",
    failure: null,
    range: { from: "2026-10-01", to: "2026-10-31" },
    by: "campaign",
    models: ["last", "linear", "markov"],
    dataVersion: "v38",
    recomputeOf: null,
    createdAt: "2026-11-02T08:12:00.000Z",
    readyAt: "2026-11-02T08:12:04.000Z",
  };
  return [
    {
      ...base,
      id: "run_again",
      name: "October, recomputed",
      recomputeOf: "run_october",
      createdAt: "2026-11-23T09:40:00.000Z",
    },
    base,
  ];
}

/** A run that is asked for is made at once. */
export function createRun(state: FixtureState, request: CreateRunRequest): Run {
  const run: Run = {
    id: `run_${state.runs.length}`,
    siteId: "site_nord",
    name: request.name,
    status: "ready",
    failure: null,
    range: { from: request.from, to: request.to },
    by: request.by ?? "campaign",
    models: request.models ?? ["last"],
    dataVersion: "v41",
    recomputeOf: null,
    createdAt: new Date().toISOString(),
    readyAt: new Date().toISOString(),
  };
  state.runs.unshift(run);
  return run;
}

export function runDetails(state: FixtureState, run: Run): RunDetails {
  const query = new URLSearchParams({ from: run.range.from, to: run.range.to, by: run.by });
  return { ...run, answer: attributionReady(state, query), rates: [], items: 412 };
}

function example(
  id: string,
  reason: DifferenceExample["reason"],
  [conversions, revenueMinor]: [number, number],
): DifferenceExample {
  const at = "2026-10-17T14:05:00.000Z";
  return { kind: "conversion", id, conversionId: id, at, reason, conversions, revenueMinor };
}

/** Three reasons, which add up to the difference. */
export function comparison(before: Run, after: Run, model: Run["models"][number]): RunComparison {
  const change = (conversions: number, revenueMinor: number, spendMinor = 0) => ({
    conversions,
    revenueMinor,
    spendMinor,
  });
  return {
    before,
    after,
    model,
    changedOptions: [],
    total: {
      before: change(1_402, 8_931_220, 1_240_000),
      after: change(1_409, 8_940_670, 1_260_000),
      change: change(7, 9_450, 20_000),
      reasons: [
        { reason: "late", count: 9, ...change(7, 51_930) },
        { reason: "refund", count: 6, ...change(0, -42_480) },
        { reason: "spend", count: 1, ...change(0, 0, 20_000) },
      ],
    },
    groups: [
      {
        kind: "group",
        key: "cmp_autumn",
        name: "Autumn sale",
        before: change(312, 2_110_400, 840_000),
        after: change(317, 2_131_100, 860_000),
        change: change(5, 20_700, 20_000),
        reasons: [
          { reason: "late", count: 6, ...change(5, 36_200) },
          { reason: "refund", count: 2, ...change(0, -15_500) },
          { reason: "spend", count: 1, ...change(0, 0, 20_000) },
        ],
      },
      {
        kind: "group",
        key: "cmp_brand",
        name: "Brand search",
        before: change(420, 2_800_000, 400_000),
        after: change(422, 2_788_750, 400_000),
        change: change(2, -11_250),
        reasons: [
          { reason: "late", count: 3, ...change(2, 15_730) },
          { reason: "refund", count: 4, ...change(0, -26_980) },
        ],
      },
    ],
    examples: [
      example("cnv_4", "late", [1, 18_900]),
      example("cnv_5", "late", [1, 12_450]),
      { ...example("rfd_3", "refund", [0, -12_450]), kind: "refund", conversionId: "cnv_3" },
      { ...example("rfd_9", "refund", [0, -3_000]), kind: "refund", conversionId: null },
    ],
  };
}
