import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { currencyExponent } from "#core/money/currency-exponent.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";

describe("whole minor units as major units", () => {
  it.each([
    [1_234, 2, "12.34"],
    [-5, 2, "-0.05"],
    [0, 2, "0.00"],
    [-0, 2, "0.00"],
    [7, 0, "7"],
    [1_234, 3, "1.234"],
    [12, 4, "0.0012"],
    [Number.MAX_SAFE_INTEGER, 2, "90071992547409.91"],
  ])("%d with exponent %d is %s", (minor, exponent, text) => {
    expect(formatMajorUnits(minor, exponent)).toBe(text);
  });

  it("loses nothing: the digits are those of the amount", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 4 }), (minor, exponent) => {
        const text = formatMajorUnits(minor, exponent);
        expect(Number(text.replace(".", ""))).toBe(minor + 0);
        expect(text.split(".")[1]?.length ?? 0).toBe(exponent);
      }),
    );
  });
});

describe("the exponent of a currency", () => {
  it.each([
    ["EUR", 2],
    ["HUF", 2],
    ["JPY", 0],
    ["ISK", 0],
    ["KWD", 3],
    ["IQD", 3],
    ["CLF", 4],
    ["XXX", 2],
  ])("of %s is %d by ISO 4217", (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
  });
});
