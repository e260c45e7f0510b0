import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributionReady, AttributionRow, ModelCredit } from "#contract/attribution.ts";
import {
  columnFormat,
  figureOf,
  missingTotal,
  rangeText,
  shortFormat,
  spreadOf,
  totalOf,
} from "#frontend/attribution/figures.ts";
import { intervalWords, marginText } from "#frontend/attribution/interval-words.ts";
import { lineSentence, shareText } from "#frontend/attribution/journey-line-words.ts";
import { journeyPlaces } from "#frontend/attribution/journey-places.ts";
import { axisTicks, modelPoints, placeOf, rangeScale } from "#frontend/screens/attribution/range-scale.ts";
import { workbenchCsv } from "#frontend/screens/attribution/workbench-csv.ts";
import { attributionReady } from "#tests/browser/dashboard/fixture-attribution.ts";
import { demoState } from "#tests/browser/dashboard/fixture-state.ts";

const ANSWER: AttributionReady = attributionReady(
  demoState(),
  new URLSearchParams({ from: "2026-11-01", to: "2026-11-23" }),
);
const NO_RATIO = { value: null, reason: "no_spend" } as const;

/** No intervals: only figures within a tenth of each other agree. */
function credit(conversions: number, revenueMinor: number): ModelCredit {
  return {
    conversions,
    conversionsInterval: null,
    revenueMinor,
    revenueInterval: null,
    cpa: NO_RATIO,
    cpaInterval: null,
    roas: NO_RATIO,
    roasInterval: null,
    roi: NO_RATIO,
    roiInterval: null,
    convertingJourneys: 60,
    tooFew: false,
  };
}

const ROW: AttributionRow = {
  kind: "group",
  key: "cmp_1",
  name: "One",
  spread: null,
  spendMinor: 10_000,
  credits: {
    first: credit(20, 38_000),
    last: credit(50, 40_000),
    linear: credit(21, 39_000),
    participation: credit(90, 90_000),
  },
};

describe("the spread of a row", () => {
  test("of a ratio is that of its base over the same spend: few conversions are a high cost", () => {
    const models = ["first", "last"] as const;
    expect(spreadOf(ROW, "conversions", models)).toEqual({ low: 20, high: 50, verdict: "disagree" });
    expect(spreadOf(ROW, "cpa", models)).toEqual({ low: 200, high: 500, verdict: "disagree" });
    expect(spreadOf(ROW, "roas", models)).toEqual({ low: 3.8, high: 4, verdict: "agree" });
    expect(spreadOf(ROW, "roi", models)).toEqual({ low: 2.8, high: 3, verdict: "agree" });
  });

  test("is of the models that are shown, and never of participation", () => {
    expect(spreadOf(ROW, "conversions", ["linear", "first", "participation"])).toEqual({
      low: 20,
      high: 21,
      verdict: "agree",
    });
  });

  test("is nothing where there is no base, or nothing to hold a model against", () => {
    const models = ["first", "last"] as const;
    expect(spreadOf({ ...ROW, spendMinor: null }, "roas", models)).toBeNull();
    expect(spreadOf({ ...ROW, spendMinor: 0 }, "cpa", models)).toBeNull();
    expect(spreadOf(ROW, "conversions", ["last", "participation"])).toBeNull();
    expect(spreadOf(ROW, "conversions", ["last", "markov"])).toBeNull();
  });

  test("is nothing over revenue of which some has no rate", () => {
    const models = ["first", "last"] as const;
    const last = { ...credit(50, 40_000), isRevenueForeign: true };
    const foreign = { ...ROW, credits: { ...ROW.credits, last } };
    expect([spreadOf(foreign, "roas", models), spreadOf(foreign, "roi", models)]).toEqual([null, null]);
    expect(spreadOf(foreign, "cpa", models)).toEqual({ low: 200, high: 500, verdict: "disagree" });
    const totals = { ...ANSWER.totals, isRevenueForeign: true };
    expect([totalOf({ ...ANSWER, totals }, "roas"), totalOf({ ...ANSWER, totals }, "roi")]).toEqual([
      null,
      null,
    ]);
    expect(totalOf({ ...ANSWER, totals }, "cpa")).toBe(totalOf(ANSWER, "cpa"));
  });
});

test("the total of a ratio is one over all rows, and missing without spend", () => {
  const { conversions, revenueMinor, spendMinor } = ANSWER.totals;
  expect(totalOf(ANSWER, "cpa")).toBe((spendMinor ?? 0) / conversions);
  expect(totalOf(ANSWER, "roas")).toBe(revenueMinor / (spendMinor ?? 1));
  const without = { ...ANSWER, totals: { ...ANSWER.totals, spendMinor: null } };
  expect([totalOf(without, "cpa"), totalOf(without, "roi"), totalOf(without, "revenue")]).toEqual([
    null,
    null,
    revenueMinor,
  ]);
});

test("a total that is missing has the reason that its rows have", () => {
  const reasonsOf = (answer: AttributionReady) =>
    (["cpa", "roas", "roi"] as const).map((key) => missingTotal(answer, key));
  const withSpend = (spendMinor: number | null) => ({ ...ANSWER.totals, spendMinor });
  expect(reasonsOf({ ...ANSWER, totals: withSpend(null) })).toEqual(["no_spend", "no_spend", "no_spend"]);
  expect(reasonsOf({ ...ANSWER, totals: { ...withSpend(0), conversions: 0 } })).toEqual([
    "no_conversions",
    "no_spend",
    "no_spend",
  ]);
  const last = { ...credit(5, 900), cpa: { value: null, reason: "currency_mismatch" as const } };
  const rows = [...ANSWER.rows, { ...ROW, spendMinor: null, credits: { last } }];
  expect(reasonsOf({ ...ANSWER, rows, totals: withSpend(null) })).toEqual([
    "currency_mismatch",
    "currency_mismatch",
    "currency_mismatch",
  ]);
});

test("a total without spend has its own reason where rows know of none, as by channel", () => {
  const totals = { ...ANSWER.totals, spendMinor: null, isSpendForeign: true };
  for (const by of ["channel", "source"] as const) {
    const answer = { ...ANSWER, by, totals, rows: [ROW] };
    for (const key of ["cpa", "roas", "roi"] as const) {
      expect(totalOf(answer, key)).toBeNull();
      expect(missingTotal(answer, key)).toBe("currency_mismatch");
      expect(missingTotal({ ...answer, totals: { ...totals, isSpendForeign: false } }, key)).toBe("no_spend");
    }
  }
});

test("a column of conversions is whole when all of it is, else to the tenth", () => {
  const conversions = figureOf("conversions");
  expect(columnFormat(conversions, [3, 1_200, null], "EUR")(1_200)).toBe("1,200");
  expect(columnFormat(conversions, [3, 4.25], "EUR")(3)).toBe("3.0");
  expect(shortFormat(conversions, "EUR")(161.4)).toBe("161");
  expect(figureOf("nonsense").key).toBe("conversions");
});

test("an interval is a margin where it is even, else its two ends", () => {
  const format = String;
  expect(marginText(312, { low: 294, high: 330 }, format)).toBe("± 18");
  expect(marginText(312.4, { low: 256.05, high: 368.75 }, format)).toBe("± 56");
  expect(marginText(4, { low: 3, high: 6.5 }, format)).toBe("3–6.5");
  expect(intervalWords({ low: 294, high: 330 }, format)).toContain("between 294 and 330");
  expect(rangeText(1.44, 4.18, (value) => `${value}×`)).toBe("1.44–4.18×");
  expect(rangeText(2, 2, String)).toBe("2");
});

describe("the line of a journey", () => {
  test("keeps the order of touches apart from each other and before the conversion, whatever the times", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 }), (times) => {
        const sorted = times.toSorted((one, other) => one - other);
        const places = journeyPlaces(sorted, 10_000);
        expect(places.every((place) => place >= 0 && place < 1)).toBe(true);
        const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
        expect(gaps.every((gap) => gap > 0.3 / places.length)).toBe(true);
      }),
    );
  });

  test("is told in words, with why a touch does not count", () => {
    const touch = { at: "2026-11-01T10:00:00Z", channel: "email", name: "Weekly letter" };
    expect(
      lineSentence([
        { ...touch, share: null, exclusion: "outside_lookback" },
        { ...touch, name: "E-mail", share: 1 / 3, exclusion: null },
      ]),
    ).toBe("2 touches: Weekly letter (E-mail), does not count: too long before; E-mail 33.3%.");
    expect([shareText(0.5), shareText(1)]).toEqual(["50%", "100%"]);
  });
});

describe("the range chart", () => {
  test("has one scale with 0 on it, on which every model of every row lies", () => {
    const figure = figureOf("roi");
    const models = ["first", "last", "markov"] as const;
    const scale = rangeScale(ANSWER, figure, models);
    expect(scale.min).toBeLessThanOrEqual(0);
    for (const row of ANSWER.rows) {
      for (const { value } of modelPoints(row, figure, models)) {
        expect(placeOf(value, scale)).toBeGreaterThanOrEqual(0);
        expect(placeOf(value, scale)).toBeLessThanOrEqual(100);
      }
    }
  });

  test("marks its axis at round values", () => {
    expect(axisTicks({ min: 0, max: 424 })).toEqual([0, 200, 400]);
    expect(axisTicks({ min: -0.5, max: 1.6 })).toEqual([0, 1]);
    expect(axisTicks({ min: 0, max: 1 })).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe("the CSV of the workbench", () => {
  test("is what is seen: each shown model's figure, whose rows add up to the total", () => {
    const { text, name } = workbenchCsv(ANSWER, { figure: figureOf("revenue"), models: ["last", "linear"] });
    const [head, ...lines] = text
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(","));
    expect(name).toBe("attribution-campaign-revenue-2026-11-01-2026-11-23.csv");
    expect(head?.slice(0, 4)).toEqual(["\uFEFFCampaign", "spend", "Last touch: Revenue", "Last touch: low"]);
    const cents = (cell: string | undefined) => Math.round(Number(cell) * 100);
    const total = lines.pop();
    for (const place of [2, 6]) {
      expect(lines.reduce((sum, line) => sum + cents(line[place]), 0)).toBe(cents(total?.[place]));
    }
    expect(lines).toHaveLength(ANSWER.rows.length);
  });

  test("runs no name as a formula", () => {
    const row = { ...ROW, name: "=HYPERLINK(1)", credits: {} as Record<"last", ModelCredit> };
    const { text } = workbenchCsv({ ...ANSWER, rows: [row] }, { figure: figureOf("cpa"), models: ["last"] });
    expect(text).toContain("'=HYPERLINK(1)");
    expect(text).not.toMatch(/(^|[,"\n])=/);
  });
});
