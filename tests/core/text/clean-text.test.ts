import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cleanText, isClean } from "#core/text/clean-text.ts";

describe("text that Postgres can hold", () => {
  it.each([
    ["plain", "plain"],
    ["", ""],
    [" spaces stay ", " spaces stay "],
    ["\u0001\u001F\u007F\n\t", "\u0001\u001F\u007F\n\t"],
    ["a\u0000b\u0000", "ab"],
    ["\u{1F600}", "\u{1F600}"],
    ["\uD83D", "\uFFFD"],
    ["\uDE00", "\uFFFD"],
    ["\uDE00\uD83D", "\uFFFD\uFFFD"],
    ["\uD83D\uD83D\uDE00", "\uFFFD\u{1F600}"],
    ["\uD83D\uDE00\uDE00", "\u{1F600}\uFFFD"],
    // A NUL within a pair: what is left of it is a pair again.
    ["\uD83D\u0000\uDE00", "\u{1F600}"],
  ])("of %j is %j", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
    expect(isClean(text)).toBe(text === clean);
  });

  it("has no NUL and no lone surrogate, and stays what it is when cleaned again", () => {
    const codeUnit = fc.oneof(
      fc.constantFrom(0, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0x41),
      fc.integer({ min: 0, max: 0xffff }),
    );
    fc.assert(
      fc.property(fc.array(codeUnit), (units) => {
        const clean = cleanText(String.fromCharCode(...units));
        expect(clean).not.toContain("\u0000");
        expect(clean).toBe(
          new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(clean)),
        );
        expect(cleanText(clean)).toBe(clean);
        expect(isClean(clean)).toBe(true);
      }),
    );
  });
});
