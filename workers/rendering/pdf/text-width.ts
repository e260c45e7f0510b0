import { shapeText } from "./shape-text.ts";
import { shapedWidth } from "./shaped-text.ts";
import type { Face } from "./typeface.ts";

/** The codes of clean text, joined; null where it needs a font of the operator. */
export function plainCodes(face: Face, text: string): string | null {
  let codes = "";
  for (const character of text) {
    const code = face.codes.get(character) ?? codeOf(face, character);
    if (code === null) return null;
    codes += code;
  }
  return codes;
}

function codeOf(face: Face, character: string): string | null {
  if (!face.characters.has(character.codePointAt(0) ?? 0)) return null;
  const code = face.font.encodeText(character).asString();
  face.codes.set(character, code);
  return code;
}

/** Width in points of text that is already clean. The fonts have no kerning, so advances add up. */
export function textWidth(face: Face, text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    const advance = face.advances.get(character) ?? advanceOf(face, character);
    if (advance === null) return (shapedWidth(shapeText(face, text)) * size) / 1000;
    width += advance;
  }
  return (width * size) / 1000;
}

function advanceOf(face: Face, character: string): number | null {
  if (!face.characters.has(character.codePointAt(0) ?? 0)) return null;
  const advance = face.font.widthOfTextAtSize(character, 1000);
  face.advances.set(character, advance);
  return advance;
}

/** The text cut to `maxWidth`, ending in "…" when something was cut. */
export function ellipsize(face: Face, text: string, fit: { size: number; maxWidth: number }): string {
  if (textWidth(face, text, fit.size) <= fit.maxWidth) return text;
  const room = fit.maxWidth - textWidth(face, "…", fit.size);
  let cut = "";
  for (const character of text) {
    if (textWidth(face, cut + character, fit.size) > room) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
