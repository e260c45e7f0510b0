import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { currencyExponent } from "#core/money/currency-exponent.ts";
import { parseMinorUnits } from "#core/money/parse-minor-units.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";

describe("major units in whole minor units", () => {
  it.each([
    ["49.90", "EUR", 4_990],
    ["49.9", "EUR", 4_990],
    ["49", "EUR", 4_900],
    ["0", "EUR", 0],
    ["0.00", "EUR", 0],
    ["0.01", "EUR", 1],
    ["007.50", "EUR", 750],
    [" 49.90 ", "EUR", 4_990],
    ["7", "JPY", 7],
    ["7.00", "JPY", 7],
    ["1.234", "KWD", 1_234],
    ["1.2", "KWD", 1_200],
    ["1.2345", "CLF", 12_345],
    ["100", "HUF", 10_000],
    ["100", "XXX", 10_000],
    [49.9, "EUR", 4_990],
    [0, "EUR", 0],
    [-0, "EUR", 0],
    [19.99, "EUR", 1_999],
    // 1.15 and 1.005 are below the half in binary; the sender wrote the decimal.
    [1.15, "JPY", 1],
    [1.005, "EUR", 101],
    [0.1 + 0.2, "EUR", 30],
    [1e-7, "EUR", 0],
    [5e-324, "KWD", 0],
  ])("%j %s is %d", (value, currency, minor) => {
    expect(parseMinorUnits(value, currency)).toBe(minor);
  });

  it.each([
    ["49.904", "EUR", 4_990],
    ["49.905", "EUR", 4_991],
    ["49.9049999999", "EUR", 4_990],
    ["0.005", "EUR", 1],
    ["0.004", "EUR", 0],
    ["0.995", "EUR", 100],
    ["999.995", "EUR", 100_000],
    ["0.5", "JPY", 1],
    ["0.49", "JPY", 0],
    ["1.2345", "KWD", 1_235],
    ["1.2344", "KWD", 1_234],
    ["1.23455", "CLF", 12_346],
  ])("%s %s rounds half away from zero to %d", (value, currency, minor) => {
    expect(parseMinorUnits(value, currency)).toBe(minor);
  });

  it.each([
    ["90071992547409.91", "EUR", Number.MAX_SAFE_INTEGER],
    ["90071992547409.914", "EUR", Number.MAX_SAFE_INTEGER],
    ["90071992547409.915", "EUR", null],
    ["90071992547409.92", "EUR", null],
    ["9007199254740991", "JPY", Number.MAX_SAFE_INTEGER],
    ["9007199254740992", "JPY", null],
    ["9007199254740993", "JPY", null],
    ["999999999999999999", "JPY", null],
    ["9007199254740.991", "KWD", Number.MAX_SAFE_INTEGER],
    [Number.MAX_SAFE_INTEGER, "JPY", Number.MAX_SAFE_INTEGER],
    [2 ** 53, "JPY", null],
    [1e17, "EUR", null],
    [1e21, "EUR", null],
    [Number.MAX_VALUE, "EUR", null],
  ])("%s %s is %s: 2^53 − 1 minor units are the most", (value, currency, minor) => {
    expect(parseMinorUnits(value, currency)).toBe(minor);
  });

  it.each([
    ["-1"],
    ["-0.01"],
    ["+1"],
    ["1e5"],
    ["1E5"],
    ["0x10"],
    [".5"],
    ["1."],
    ["."],
    [""],
    [" "],
    ["1,50"],
    ["1,500.00"],
    ["1 500"],
    ["1.2.3"],
    ["49.90 EUR"],
    ["€49"],
    ["NaN"],
    ["Infinity"],
    ["\u0661"],
    ["1234567890123456789"],
    [-1],
    [-0.001],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY],
  ])("refuses %j", (value) => {
    expect(parseMinorUnits(value, "EUR")).toBeNull();
  });

  it("reads back every amount it can write, in every currency", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: Number.MAX_SAFE_INTEGER }),
        fc.constantFrom("EUR", "JPY", "KWD", "CLF"),
        (minor, currency) => {
          expect(parseMinorUnits(formatMajorUnits(minor, currencyExponent(currency)), currency)).toBe(minor);
        },
      ),
    );
  });

  it("takes a number for the decimal it is written as", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (value) => {
        fc.pre(!String(value).includes("e"));
        expect(parseMinorUnits(value, "EUR")).toBe(parseMinorUnits(String(value), "EUR"));
      }),
    );
  });
});
