import { describe, expect, it } from "vitest";

import { isDataDriven, MODELS, RULE_MODELS, sumsToTotal } from "#core/attribution/models.ts";
import { checkOptions, DEFAULT_OPTIONS, resets, type AttributionOptions } from "#core/attribution/options.ts";

function kindOf(changes: Partial<AttributionOptions>) {
  const result = checkOptions({ ...DEFAULT_OPTIONS, ...changes });
  return result.ok ? "ok" : result.error.kind;
}

describe("options", () => {
  it("take a whole number of days from 1 to 90", () => {
    expect([1, 30, 90].map((lookbackDays) => kindOf({ lookbackDays }))).toEqual(["ok", "ok", "ok"]);
    for (const lookbackDays of [0, 91, 7.5, Number.NaN])
      expect(kindOf({ lookbackDays })).toBe("invalid_lookback");
  });

  it("take a half-life that is a length of time", () => {
    expect([0.01, 7, 36_500].map((halfLifeDays) => kindOf({ halfLifeDays }))).toEqual(["ok", "ok", "ok"]);
    for (const halfLifeDays of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(kindOf({ halfLifeDays })).toBe("invalid_half_life");
  });

  it("take position shares in whole percents of 100, some of it at an end", () => {
    expect(kindOf({ position: { first: 20, middle: 20, last: 60 } })).toBe("ok");
    expect(kindOf({ position: { first: 0, middle: 0, last: 100 } })).toBe("ok");
    const reasons = [
      { first: 33.3, middle: 33.4, last: 33.3 },
      { first: 120, middle: -40, last: 20 },
      { first: 40, middle: 20, last: 30 },
      { first: 0, middle: 100, last: 0 },
    ].map((position) => checkOptions({ ...DEFAULT_OPTIONS, position }));
    expect(reasons.map((result) => !result.ok && result.error)).toEqual([
      { kind: "invalid_position", reason: "not_whole_percents" },
      { kind: "invalid_position", reason: "not_whole_percents" },
      { kind: "invalid_position", reason: "sum_is_not_100" },
      { kind: "invalid_position", reason: "no_ends" },
    ]);
  });

  it("take Markov orders 1 to 3", () => {
    const wrong = { order: 4 as 3, nullJourneys: true };
    expect(kindOf({ markov: wrong })).toBe("invalid_order");
  });
});

describe("models", () => {
  it("start anew after a conversion only if they are data-driven, unless told otherwise", () => {
    expect(MODELS.filter((model) => resets(model, { reset: null }))).toEqual(["markov", "shapley"]);
    expect(MODELS.every((model) => resets(model, { reset: true }))).toBe(true);
    expect(MODELS.some((model) => resets(model, { reset: false }))).toBe(false);
  });

  it("are rules or data-driven, and all but participation share out the total", () => {
    expect(MODELS.filter((model) => !isDataDriven(model))).toEqual(RULE_MODELS);
    expect(MODELS.filter((model) => !sumsToTotal(model))).toEqual(["participation"]);
  });
});
