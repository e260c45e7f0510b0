import { describe, expect, it } from "vitest";

import {
  cpaInterval,
  intervalAround,
  isTooFew,
  roasInterval,
  shareInterval,
  sumInterval,
} from "#core/attribution/interval.ts";
import { creditSpread, modelSpread, type ModelFigure } from "#core/attribution/model-spread.ts";
import { seededRandom } from "#scripts/seed/seeded-random.ts";

const rounded = (interval: { low: number; high: number } | null) =>
  interval && { low: Number(interval.low.toFixed(4)), high: Number(interval.high.toFixed(4)) };

describe("the interval of credit", () => {
  it("of 100 whole conversions is 100 ± 1.96 · √100, as Poisson's", () => {
    expect(rounded(sumInterval({ sum: 100, sumSquares: 100 }))).toEqual({ low: 80.4004, high: 119.5996 });
  });

  it("of 200 halves is narrower: Σw² is 50", () => {
    expect(rounded(sumInterval({ sum: 100, sumSquares: 50 }))).toEqual({ low: 86.141, high: 113.859 });
  });

  it("does not reach below nothing, unless refunds did", () => {
    expect(sumInterval({ sum: 2, sumSquares: 2 }).low).toBe(0);
    expect(sumInterval({ sum: 500, sumSquares: 490_000 }).low).toBe(0);
    expect(intervalAround(-100, 50)).toEqual({ low: -150, high: -50 });
  });

  it("holds the expected sum in 95 of 100 periods, where persons come by chance and buy more than once", () => {
    const random = seededRandom(7);
    const periods = 1000;
    let held = 0;
    for (let period = 0; period < periods; period += 1) {
      let [sum, sumSquares] = [0, 0];
      for (let person = 0; person < 400; person += 1) {
        if (!random.isLikely(0.2)) continue;
        const weight = random.between(1, 3) / random.between(1, 2);
        sum += weight;
        sumSquares += weight ** 2;
      }
      // E[w] = 2 · ¾.
      const expected = 400 * 0.2 * 1.5;
      const { low, high } = sumInterval({ sum, sumSquares });
      if (low <= expected && expected <= high) held += 1;
    }
    // It takes the number of persons as Poisson's, which is a little wider than 400 draws at 20 %.
    expect(held / periods).toBeGreaterThan(0.93);
    expect(held / periods).toBeLessThan(0.99);
  });
});

describe("the interval of a share", () => {
  it("is Wald's where each conversion is one channel's or not", () => {
    // 40 of 100: 0.4 ± 1.96 · √(0.4 · 0.6 ÷ 100)
    expect(rounded(shareInterval({ sum: 40, sumSquares: 40, conversions: 100 }))).toEqual({
      low: 0.304,
      high: 0.496,
    });
  });

  it("is a point where all is one channel's, or each conversion gives it the same", () => {
    expect(shareInterval({ sum: 50, sumSquares: 50, conversions: 50 })).toEqual({ low: 1, high: 1 });
    expect(rounded(shareInterval({ sum: 25, sumSquares: 12.5, conversions: 50 }))).toEqual({
      low: 0.5,
      high: 0.5,
    });
  });

  it("of nothing is none", () => {
    expect(shareInterval({ sum: 0, sumSquares: 0, conversions: 0 })).toBeNull();
  });
});

describe("ratios", () => {
  it("turn the ends round for CPA and keep them for ROAS", () => {
    expect(cpaInterval(10_000, { low: 50, high: 200 })).toEqual({ low: 50, high: 200 });
    expect(cpaInterval(10_000, { low: 20, high: 25 })).toEqual({ low: 400, high: 500 });
    expect(roasInterval({ low: 20_000, high: 30_000 }, 10_000)).toEqual({ low: 2, high: 3 });
  });

  it("have no interval where the lower end reaches 0, or nothing was spent", () => {
    expect(cpaInterval(10_000, { low: 0, high: 5 })).toBeNull();
    expect(roasInterval({ low: 0, high: 5 }, 10_000)).toBeNull();
    expect(roasInterval({ low: -5, high: 5 }, 10_000)).toBeNull();
    expect(cpaInterval(0, { low: 1, high: 5 })).toBeNull();
    expect(roasInterval({ low: 1, high: 5 }, 0)).toBeNull();
  });

  it("rest on too few journeys below 30", () => {
    expect([0, 29, 30].map(isTooFew)).toEqual([true, true, false]);
  });
});

describe("the spread of models", () => {
  const around = (model: ModelFigure["model"], figure: number, halfWidth: number): ModelFigure => ({
    model,
    figure,
    interval: { low: figure - halfWidth, high: figure + halfWidth },
  });

  it("agrees where a tenth of the middle separates them, however sure each is", () => {
    expect(modelSpread([around("first", 200, 1), around("last", 220, 1)], 500)).toEqual({
      low: 200,
      high: 220,
      verdict: "agree",
    });
  });

  it("agrees where each lies inside every other's interval", () => {
    const wide = [around("first", 80, 50), around("linear", 100, 40), around("last", 120, 45)];
    expect(modelSpread(wide, 500)?.verdict).toBe("agree");
    expect(modelSpread([...wide, around("position", 75, 30)], 500)?.verdict).toBe("disagree");
    expect(modelSpread([...wide, { ...around("position", 100, 60), interval: null }], 500)?.verdict).toBe(
      "disagree",
    );
  });

  it("disagrees otherwise: 210 to 450", () => {
    expect(modelSpread([around("first", 210, 29), around("markov", 450, 60)], 500)).toEqual({
      low: 210,
      high: 450,
      verdict: "disagree",
    });
  });

  it("leaves participation out, and says nothing without a figure or of too few journeys", () => {
    const both = [around("first", 10, 1), around("participation", 90, 1)];
    expect(modelSpread(both, 500)).toEqual({ low: 10, high: 10, verdict: "agree" });
    expect(modelSpread([around("participation", 90, 1)], 500)).toBeNull();
    expect(modelSpread([around("first", 210, 29), around("last", 450, 60)], 29)?.verdict).toBe("too_few");
  });
});

describe("the spread of the models beside each other", () => {
  const earned = (conversions: number, revenueMinor: number) => ({
    conversions,
    conversionsInterval: { low: conversions - 7.5, high: conversions + 7.5 },
    revenueMinor,
    revenueInterval: { low: revenueMinor - 40_000, high: revenueMinor + 40_000 },
    convertingJourneys: 40,
  });
  const last = ["last", earned(31, 106_380)] as const;
  const linear = ["linear", earned(31.67, 108_577)] as const;
  const markov = ["markov", earned(26.84, 98_123)] as const;
  const nonDirect = ["last_non_direct", earned(35, 116_500)] as const;

  it("judges those models alone: 26.84 to 31.67 is within chance, and 35 of another model is not among them", () => {
    expect(creditSpread(new Map([last, linear, markov]))).toEqual({
      conversions: { low: 26.84, high: 31.67, verdict: "agree" },
      revenueMinor: { low: 98_123, high: 108_577, verdict: "agree" },
    });
    expect(creditSpread(new Map([last, linear, markov, nonDirect]))?.conversions).toEqual({
      low: 26.84,
      high: 35,
      verdict: "disagree",
    });
  });

  it("is nothing of participation alone", () => {
    expect(creditSpread(new Map([["participation", earned(40, 131_570)]]))).toBeNull();
  });
});
