import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { convertAmounts, type AmountShape } from "#core/money/convert-amounts.ts";
import { convertMinorUnits, convertParts, roundedQuotient } from "#core/money/convert-minor-units.ts";
import { rateTable, type StoredRate } from "#core/money/exchange-rate.ts";
import { inputs } from "#tests/support/inputs.ts";

const shared = (currency: string, day: string, rate: string): StoredRate => ({
  currency,
  day,
  rate,
  source: "ECB",
  isOwn: false,
});
const TABLE = rateTable([
  shared("USD", "2026-03-06", "1.0800"),
  shared("JPY", "2026-03-06", "160.05"),
  shared("KWD", "2026-03-06", "0.3321"),
  shared("HUF", "2026-03-06", "395.20"),
]);

function converted(minor: number, [from, to]: [string, string], day = "2026-03-06"): number | null {
  const factor = TABLE.factor(from, to, day);
  return factor && convertMinorUnits(minor, factor);
}

describe("conversion with a day's rate", () => {
  it("is exact, rounded once, half away from zero", () => {
    // 100.00 USD / 1.08 = 92.5925… EUR
    expect(converted(10_000, ["USD", "EUR"])).toBe(9_259);
    expect(converted(-10_000, ["USD", "EUR"])).toBe(-9_259);
    // 1.35 USD = 1.25 EUR exactly
    expect(converted(135, ["USD", "EUR"])).toBe(125);
    expect(roundedQuotient(5n, 2n)).toBe(3n);
    expect(roundedQuotient(-5n, 2n)).toBe(-3n);
  });

  it("knows minor units that are no hundredths: JPY 0, KWD 3, HUF 2", () => {
    // 16,005 JPY = 100 EUR; 1 EUR = 0.332 KWD; 395.20 HUF = 1 EUR
    expect(converted(16_005, ["JPY", "EUR"])).toBe(10_000);
    expect(converted(10_000, ["EUR", "JPY"])).toBe(16_005);
    expect(converted(100, ["EUR", "KWD"])).toBe(332);
    expect(converted(332_100, ["KWD", "EUR"])).toBe(100_000);
    expect(converted(39_520, ["HUF", "EUR"])).toBe(100);
  });

  it("crosses two currencies through the euro without rounding between", () => {
    // 108.00 USD = 100 EUR = 16,005 JPY
    expect(converted(10_800, ["USD", "JPY"])).toBe(16_005);
  });

  it("gives no number beyond 2^53 − 1", () => {
    expect(converted(Number.MAX_SAFE_INTEGER, ["EUR", "HUF"])).toBeNull();
  });

  it("takes the last published day, seven days back at most, and never a later one", () => {
    expect(converted(108, ["USD", "EUR"], "2026-03-13")).toBe(100);
    expect(converted(108, ["USD", "EUR"], "2026-03-14")).toBeNull();
    expect(converted(108, ["USD", "EUR"], "2026-03-05")).toBeNull();
    expect(converted(108, ["GBP", "EUR"])).toBeNull();
  });

  it("lets an account's own rate go before a newer shared one", () => {
    const table = rateTable([
      shared("USD", "2026-03-06", "1.08"),
      { ...shared("USD", "2026-03-02", "1.25"), isOwn: true },
    ]);
    expect(table.on("USD", "2026-03-06")?.rate).toBe("1.25");
    expect(table.on("USD", "2026-03-10")?.rate).toBe("1.08");
  });
});

const factors = fc
  .tuple(fc.integer({ min: 1, max: 2_000_000 }), fc.integer({ min: 1, max: 2_000_000 }))
  .map(([a, b]) => ({ numerator: BigInt(a), denominator: BigInt(b) }));
const parts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 20 });

describe("parts of a converted total", () => {
  it("add up to the converted total, each within one unit of its exact value", () => {
    fc.assert(
      fc.property(parts, factors, (amounts, factor) => {
        const split = convertParts(amounts, factor) ?? [];
        const total = amounts.reduce((sum, part) => sum + part, 0);
        expect(split.reduce((sum, part) => sum + part, 0)).toBe(convertMinorUnits(total, factor));
        split.forEach((value, index) => {
          const exact = BigInt(amounts[index] ?? 0) * factor.numerator;
          const distance = BigInt(value) * factor.denominator - exact;
          expect(distance <= factor.denominator && -distance <= factor.denominator).toBe(true);
        });
      }),
      { numRuns: inputs(1_000) },
    );
  });

  it("stay what they are at a rate of one, and give nothing to what is nothing", () => {
    fc.assert(
      fc.property(parts, (amounts) => {
        expect(convertParts(amounts, { numerator: 7n, denominator: 7n })).toEqual(amounts);
      }),
      { numRuns: inputs(1_000) },
    );
    expect(convertParts([], { numerator: 1n, denominator: 3n })).toEqual([]);
  });
});

type Row = { day: string; currency: string; name: string; minor: number };
const SHAPE: AmountShape<Row> = {
  amounts: ({ minor }) => [minor],
  with: (row, [minor = 0], currency) => ({ ...row, minor, currency }),
  key: ({ name }) => name,
};

describe("rows of several days and currencies", () => {
  const rows: Row[] = [
    { day: "2026-03-06", currency: "USD", name: "b", minor: 50 },
    { day: "2026-03-06", currency: "USD", name: "a", minor: 50 },
    { day: "2026-03-06", currency: "EUR", name: "c", minor: 7 },
    { day: "2026-03-06", currency: "GBP", name: "d", minor: 9 },
    { day: "2026-03-20", currency: "USD", name: "e", minor: 50 },
  ];

  it("are converted by day and currency; without a rate they keep their own", () => {
    // 1.00 USD = 0.93 EUR for both: 47 + 46, the odd cent to the name that sorts first.
    expect(convertAmounts(rows, { to: "EUR", rates: TABLE, shape: SHAPE })).toEqual([
      { day: "2026-03-06", currency: "EUR", name: "b", minor: 46 },
      { day: "2026-03-06", currency: "EUR", name: "a", minor: 47 },
      rows[2],
      rows[3],
      rows[4],
    ]);
  });

  it("come out the same in any order", () => {
    const byName = (list: Row[]) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const forwards = convertAmounts(rows, { to: "EUR", rates: TABLE, shape: SHAPE });
    const backwards = convertAmounts(rows.toReversed(), { to: "EUR", rates: TABLE, shape: SHAPE });
    expect(byName(backwards)).toEqual(byName(forwards));
  });
});
