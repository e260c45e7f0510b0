import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CUSTOMER_KINDS, GROUPINGS } from "#core/attribution/grouping.ts";
import { DIRECT_RULES } from "#core/attribution/options.ts";
import {
  askOf,
  DEFAULT_MODELS,
  readModels,
  readSwitches,
  writeModels,
  writeSwitches,
} from "#frontend/attribution/attribution-view.ts";
import type { Switches } from "#frontend/attribution/attribution-view.ts";
import { optionChips } from "#frontend/attribution/option-words.ts";
import { endShares, parseHalfLife } from "#frontend/attribution/position-ends.ts";
import { retryMs } from "#frontend/attribution/use-computed.ts";
import { figureQuery, readFigureAsked } from "#frontend/screens/attribution/figure-asked.ts";
import { withQuery } from "#frontend/state/use-query.ts";

const queryOf = (url: string) => Object.fromEntries(new URLSearchParams(url.split("?")[1]));
const addressOf = (switches: Switches) => withQuery("/attribution", writeSwitches(switches));

const anySwitches: fc.Arbitrary<Switches> = fc.record({
  lookbackDays: fc.integer({ min: 1, max: 90 }),
  direct: fc.constantFrom(...DIRECT_RULES),
  reset: fc.constantFrom(true, false, null),
  position: fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 40 }))
    .map(([first, last]) => ({ first, middle: 100 - first - last, last })),
  halfLifeDays: fc.integer({ min: 1, max: 40_000 }).map((hundredths) => hundredths / 100),
  markov: fc.record({
    order: fc.constantFrom(1 as const, 2 as const, 3 as const),
    nullJourneys: fc.boolean(),
  }),
  by: fc.constantFrom(...GROUPINGS),
  conversionType: fc.constantFrom(null, "purchase", "sign up & go"),
  customer: fc.constantFrom(...CUSTOMER_KINDS, null),
});

describe("the address of a view of attribution", () => {
  test("restores every switch, whatever they are", () => {
    fc.assert(
      fc.property(anySwitches, (switches) => {
        expect(readSwitches(queryOf(addressOf(switches)))).toEqual(switches);
      }),
    );
  });

  test("says nothing of what stands at its default", () => {
    expect(addressOf(readSwitches({}))).toBe("/attribution");
    expect(askOf(readSwitches({}), { from: "2026-11-01", to: "2026-11-30" })).toMatchObject({
      by: "campaign",
    });
  });

  test("out of range falls back for that switch alone", () => {
    const read = readSwitches({
      lookback: "91",
      position: "50-10-50",
      half_life: "0",
      order: "4",
      nulls: "out",
    });
    expect(read).toMatchObject({
      lookbackDays: 30,
      position: { first: 40, middle: 20, last: 40 },
      halfLifeDays: 7,
      markov: { order: 1, nullJourneys: false },
    });
    expect(readSwitches({ lookback: "14", position: "x" }).lookbackDays).toBe(14);
  });

  test("asks the API for a conversion type under the API's name", () => {
    const ask = askOf(readSwitches({ conversion: "lead", by: "channel" }), {
      from: "2026-11-01",
      to: "2026-11-30",
    });
    expect(ask).toMatchObject({ type: "lead", by: "channel" });
    expect(ask).not.toHaveProperty("conversion");
  });

  test("names models in their order, each once, and never none", () => {
    expect(readModels("markov,first,markov,nonsense")).toEqual(["markov", "first"]);
    expect(readModels("nonsense")).toEqual(DEFAULT_MODELS);
    expect(writeModels(DEFAULT_MODELS)).toBeNull();
    expect(writeModels(["first"])).toBe("first");
  });

  test("of a figure is carried on to a journey and back, and a key stands only with a group", () => {
    const query = { under: "linear", kind: "group", key: "cmp_1", by: "channel", other: "x" };
    expect(figureQuery(query)).toEqual({
      under: "linear",
      kind: "group",
      key: "cmp_1",
      by: "channel",
      figure: null,
      models: null,
    });
    expect(readFigureAsked(query)).toEqual({ model: "linear", kind: "group", key: "cmp_1", order: "time" });
    expect(readFigureAsked({ kind: "none", key: "cmp_1" }).key).toBeNull();
    expect(readFigureAsked({ kind: "other" })).toMatchObject({ kind: "other", key: null });
    expect(readFigureAsked({ under: "nonsense" }).model).toBe("last");
  });
});

test("a chip stands for each switch that was moved, and puts it back", () => {
  const changes: Partial<Switches>[] = [];
  const switches = readSwitches({ lookback: "1", reset: "on", order: "2", conversion: "lead" });
  const chips = optionChips(switches, (change) => changes.push(change));
  expect(chips.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    "Lookback: 1 day",
    "Journeys: start anew",
    "Markov: order 2",
    "Type: lead",
  ]);
  for (const chip of chips) chip.onRemove();
  expect({ ...switches, ...Object.assign({}, ...changes) }).toEqual(readSwitches({}));
});

test("position ends leave the rest to the middle, and are refused where nothing is left for an end", () => {
  expect(endShares("30", "30")).toEqual({ first: 30, middle: 40, last: 30 });
  expect(endShares("60", "40")).toEqual({ first: 60, middle: 0, last: 40 });
  for (const [first, last] of [
    ["60", "41"],
    ["0", "0"],
    ["", "40"],
    ["4.5", "40"],
  ] as const) {
    expect(endShares(first, last)).toBeNull();
  }
});

test("a half-life is a number of days above 0, with a point or a comma", () => {
  expect([parseHalfLife("7"), parseHalfLife("3,5"), parseHalfLife(" 0.01 ")]).toEqual([7, 3.5, 0.01]);
  for (const text of ["0", "-1", "", "x", "40000", "1e3"]) expect(parseHalfLife(text)).toBeNull();
});

test("an answer that is worked out is asked for at first when the API says, then less and less often", () => {
  expect([1, 2, 3].map((tries) => retryMs(2_000, tries))).toEqual([2_000, 2_600, 3_380]);
  expect(retryMs(2_000, 50)).toBe(10_000);
});
