import type { PDFFont } from "pdf-lib";

/** The two weights of a report, with what is needed to measure text and to keep it inside the font. */
export type Typeface = {
  readonly regular: Face;
  readonly semibold: Face;
  /** Code points met so far that the font lacks, as "U+1F600". */
  readonly replaced: Set<string>;
};

export type Face = {
  readonly font: PDFFont;
  readonly advances: Map<string, number>;
  readonly characters: ReadonlySet<number>;
};

export type Weight = "regular" | "semibold";

const REPLACEMENT = "□";
const PLAIN_ASCII = /^[\x20-\x7e]*$/;
/** Characters that only steer shaping: joiners, variation selectors, direction marks, soft hyphen, BOM. */
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]$/u;
const CONTROL = /^[\p{Cc}\u2028\u2029]$/u;
const SPACING_CONTROL = /^[\t\n\v\f\r\u0085\u2028\u2029]$/;
/** Written with the glyph of another character that looks the same. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ["\u02bc", "’"],
  ["\u2206", "Δ"],
]);

export function createTypeface(regular: PDFFont, semibold: PDFFont): Typeface {
  return { regular: createFace(regular), semibold: createFace(semibold), replaced: new Set() };
}

function createFace(font: PDFFont): Face {
  return { font, advances: new Map(), characters: new Set(font.getCharacterSet()) };
}

/**
 * The text as the font can write it: characters it lacks become "□" and are remembered, control characters go,
 * what only steers shaping goes without a word. Cleaning twice changes nothing.
 */
export function cleanForFont(typeface: Typeface, text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  let clean = "";
  for (const character of text.normalize("NFC")) clean += cleanCharacter(typeface, character);
  return clean;
}

function cleanCharacter(typeface: Typeface, character: string): string {
  if (CONTROL.test(character)) return SPACING_CONTROL.test(character) ? " " : "";
  if (INVISIBLE.test(character)) return "";
  const written = LOOKALIKES.get(character) ?? character;
  const codePoint = written.codePointAt(0) ?? 0;
  if (typeface.regular.characters.has(codePoint)) return written;
  typeface.replaced.add(`U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`);
  return REPLACEMENT;
}

/** Width in points of text that is already clean. The font has no kerning, so advances add up. */
export function textWidth(face: Face, text: string, size: number): number {
  let width = 0;
  for (const character of text) width += advance(face, character);
  return (width * size) / 1000;
}

function advance(face: Face, character: string): number {
  const known = face.advances.get(character);
  if (known !== undefined) return known;
  const measured = face.font.widthOfTextAtSize(character, 1000);
  face.advances.set(character, measured);
  return measured;
}

/** The text cut to `maxWidth`, ending in "…" when something was cut. */
export function ellipsize(face: Face, text: string, fit: { size: number; maxWidth: number }): string {
  if (textWidth(face, text, fit.size) <= fit.maxWidth) return text;
  const room = fit.maxWidth - textWidth(face, "…", fit.size);
  let width = 0;
  let cut = "";
  for (const character of text) {
    width += (advance(face, character) * fit.size) / 1000;
    if (width > room) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
