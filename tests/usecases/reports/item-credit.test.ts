import { expect, it } from "vitest";

import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { RunItem } from "#core/attribution/runs/run-item.ts";
import { ItemCredit } from "#usecases/reports/range-credit.ts";

const DAY = 86_400_000;

/** Campaign 1, then campaign 2; what was paid has no rate. */
const foreign = (kind: RunItem["kind"]): RunItem => ({
  id: kind,
  kind,
  atMs: 9 * DAY,
  convertedAtMs: 8 * DAY,
  previousAtMs: null,
  beforeMinor: 0,
  afterMinor: 0,
  paid: { currency: "USD", beforeMinor: kind === "refund" ? 5_000 : 0, afterMinor: 4_000 },
  isForeign: true,
  touches: ["1", "2"].map((key, n) => ({ id: `t${key}`, atMs: n * DAY, rank: 0, key, isDirect: false })),
});

it.each(["conversion", "refund"] as const)(
  "lacks the money of a %s without a rate where there is a share of it, and nowhere else",
  (kind) => {
    const foreignTo = (model: "last_non_direct" | "position") => {
      const sums = new ItemCredit(model, DEFAULT_OPTIONS);
      sums.add("2026-03-09", [foreign(kind)]);
      const { rows } = sums.credit("EUR");
      return rows.filter((row) => row.isRevenueForeign === true).map(({ campaignId }) => campaignId);
    };
    expect(foreignTo("last_non_direct")).toEqual([2]);
    expect(foreignTo("position")).toEqual([1, 2]);
  },
);
