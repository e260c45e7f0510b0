import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  DIRECT_TUPLE,
  foldedField,
  foldPromoCode,
  plainTuple,
  promoKey,
  sourceField,
  sourceKey,
  type SourceTuple,
} from "#core/sources/source-tuple.ts";
import { isClean } from "#core/text/clean-text.ts";
import { inputs } from "#tests/support/inputs.ts";

const FIELDS = Object.keys(DIRECT_TUPLE) as (keyof SourceTuple)[];
/** Few values, so that equal tuples come up; some of them look like keys. */
const field = fc.constantFrom(null, "", "a", "A", "null", "promo:A", '"', '","', "[]");
const tuple: fc.Arbitrary<SourceTuple> = fc
  .array(field, { minLength: FIELDS.length, maxLength: FIELDS.length })
  .map((values) => ({
    ...DIRECT_TUPLE,
    ...Object.fromEntries(FIELDS.map((name, i) => [name, values[i] ?? null])),
  }));

describe("the key of a tuple", () => {
  it("is equal exactly when the tuples are", () => {
    fc.assert(
      fc.property(tuple, tuple, (one, other) => {
        const isSame = FIELDS.every((name) => one[name] === other[name]);
        expect(sourceKey(one) === sourceKey(other)).toBe(isSame);
        expect(sourceKey({ ...one })).toBe(sourceKey(one));
      }),
      { numRuns: inputs(500) },
    );
  });

  it.each(FIELDS)("differs when only %s differs", (name) => {
    const keys = [null, "", "a", "b"].map((value) => sourceKey({ ...DIRECT_TUPLE, [name]: value }));
    expect(new Set(keys).size).toBe(4);
  });

  it("of a promo code alone is the one that SQL builds", () => {
    expect(sourceKey({ ...DIRECT_TUPLE, promoCode: "SPRING" })).toBe(promoKey("SPRING"));
    expect(promoKey("SPRING")).toBe("promo:SPRING");
    expect(sourceKey({ ...DIRECT_TUPLE, promoCode: "SPRING", utmSource: "news" })).not.toBe("promo:SPRING");
  });
});

describe("a field of a source", () => {
  it.each([
    [" Spring ", "Spring", "spring"],
    ["\u0000Sp\u0000ring", "Spring", "spring"],
    ["\uD800x", "\uFFFDx", "\uFFFDx"],
    ["", null, null],
    ["  \u0000 ", null, null],
    ["\t\n", null, null],
  ])("%j is kept as %j and compared as %j", (text, kept, folded) => {
    expect(sourceField(text)).toBe(kept);
    expect(foldedField(text)).toBe(folded);
  });

  it("is not said where it is null or absent", () => {
    expect([sourceField(null), sourceField(undefined), foldedField(undefined), foldPromoCode(null)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("is bounded, storable, and stays what it is when it is read again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const kept = sourceField(text);
        fc.pre(kept !== null);
        expect(kept.length).toBeLessThanOrEqual(256);
        expect(kept).not.toContain("\u0000");
        expect(isClean(kept)).toBe(true);
      }),
      { numRuns: inputs(100) },
    );
  });
});

describe("a tuple without its promo code", () => {
  it("is the same in all else, and there is none where it carries none", () => {
    const tuple = { ...DIRECT_TUPLE, utmSource: "news", promoCode: "SPRING" };
    expect(plainTuple(tuple)).toEqual({ ...DIRECT_TUPLE, utmSource: "news" });
    expect(plainTuple({ ...DIRECT_TUPLE, utmSource: "news" })).toBeNull();
  });
});

describe("a promo code", () => {
  it.each([
    ["spring", "SPRING"],
    [" Spring-10 ", "SPRING-10"],
    ["", null],
    ["  ", null],
  ])("%j is compared as %j", (code, folded) => {
    expect(foldPromoCode(code)).toBe(folded);
  });
});
