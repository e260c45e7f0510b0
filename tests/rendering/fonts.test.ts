import fontkit from "@pdf-lib/fontkit";
import { describe, expect, it } from "vitest";

import { readFonts } from "./read-fonts.ts";

const { regular, semibold } = readFonts();
const faces = [regular, semibold].map((bytes) => fontkit.create(new Uint8Array(bytes)));

describe("the fonts of the report", () => {
  it("have tabular digits without any layout table", () => {
    for (const font of faces) {
      const widths = new Set(
        "0123456789".split("").map((digit) => font.layout(digit).glyphs[0]?.advanceWidth),
      );
      expect(widths.size).toBe(1);
      expect(font.availableFeatures).toEqual([]);
    }
  });

  it("give each character a glyph of its own, so that extracted text is what was written", () => {
    for (const font of faces) {
      const glyphs = font.characterSet.map((codePoint) => font.glyphForCodePoint(codePoint).id);
      expect(new Set(glyphs).size).toBe(glyphs.length);
    }
  });

  it("cover Latin Extended, Greek, Cyrillic, currency signs, arrows and the replacement box", () => {
    const needed = "AZaz09ÄÖÜßŁłĄąŞşİıŐő ΑΩαωϊ АЯаяЁёҐґЇї €£¥₴₹₺₿ ↑↓→ −×÷– … □ “”„’ ắ";
    for (const font of faces) {
      for (const character of needed)
        expect(font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)).toBe(true);
    }
  });

  it("stay small enough for a Worker", () => {
    for (const bytes of [regular, semibold]) expect(bytes.byteLength).toBeLessThan(130_000);
  });
});
