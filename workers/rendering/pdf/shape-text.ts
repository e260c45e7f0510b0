import bidiFactory from "bidi-js";

import { lettersOf } from "./letters-of.ts";
import type { ShapedGlyph, ShapedRun } from "./shaped-text.ts";
import { extraFor } from "./typeface.ts";
import type { ExtraFont, Face } from "./typeface.ts";

const LAYOUT_TABLES = ["GSUB", "GPOS", "morx"] as const;

/** A stretch of one font and one direction, in the order of reading. */
type Piece = { text: string; font: Face | ExtraFont; level: number };

/** Made when the first such name comes: its tables cost a Worker's start some milliseconds. */
let algorithm: ReturnType<typeof bidiFactory> | null = null;
/** Blocks of Hebrew, Arabic, Syriac, Thaana, N'Ko and the other scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Clean text as it stands on the page, by the Unicode bidirectional algorithm: its own direction is that of its first
 * strong letter, as names of two scripts stand in one column.
 */
export function shapeText(face: Face, text: string): readonly ShapedRun[] {
  const known = face.shaped.get(text);
  if (known !== undefined) return known;
  const levels = RIGHT_TO_LEFT.test(text) ? bidi().getEmbeddingLevels(text).levels : null;
  const runs = inVisualOrder(splitPieces(face, text, levels)).map(shapePiece);
  face.shaped.set(text, runs);
  return runs;
}

function bidi(): ReturnType<typeof bidiFactory> {
  algorithm ??= bidiFactory();
  return algorithm;
}

function splitPieces(face: Face, text: string, levels: Uint8Array | null): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const character of text) {
    const level = levels?.[at] ?? 0;
    const last = pieces.at(-1);
    at += character.length;
    const font = fontFor(face, { character, after: text.slice(at, at + 2), before: last?.font ?? face });
    if (last !== undefined && last.font === font && last.level === level) last.text += character;
    else pieces.push({ text: character, font, level });
  }
  return pieces;
}

type Neighbours = { character: string; before: Face | ExtraFont; after: string };

/** Blanks and joiners between two letters of one font are of that font: the line stays in one piece. */
function fontFor(face: Face, { character, before, after }: Neighbours): Face | ExtraFont {
  const own = fontOf(face, character) ?? before;
  if (character !== " " || before === face) return own;
  return fontOf(face, after) === before && fontHas(before, character) ? before : own;
}

function fontOf(face: Face, text: string): Face | ExtraFont | null {
  const codePoint = text.codePointAt(0) ?? 0;
  return face.characters.has(codePoint) ? face : extraFor(face.extras, codePoint);
}

function fontHas({ embedder }: Face | ExtraFont, character: string): boolean {
  return embedder.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

/** Rule L2: from the highest level down to the lowest odd one, each stretch of that level or more is turned round. */
function inVisualOrder(pieces: readonly Piece[]): Piece[] {
  const order = [...pieces];
  const highest = Math.max(0, ...order.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    let start = 0;
    while (start < order.length) {
      let end = start;
      while ((order[end]?.level ?? 0) >= level) end += 1;
      if (end > start) order.splice(start, end - start, ...order.slice(start, end).toReversed());
      start = Math.max(end, start + 1);
    }
  }
  return order;
}

function shapePiece({ text, font, level }: Piece): ShapedRun {
  const isRightToLeft = level % 2 === 1;
  const glyphs = "glyphs" in font ? laidOut(font, text, isRightToLeft) : oneByOne(font, text, isRightToLeft);
  return { resource: font.resource, ref: font.ref, glyphs };
}

/** Of the fonts without layout: each character is a glyph; brackets turn with the direction. */
function oneByOne(face: Face, text: string, isRightToLeft: boolean): ShapedGlyph[] {
  const characters = Array.from(text);
  const shown = isRightToLeft
    ? characters.toReversed().map((character) => bidi().getMirroredCharacter(character) ?? character)
    : characters;
  return shown.map((character) => {
    const written = face.characters.has(character.codePointAt(0) ?? 0) ? character : "□";
    const width = face.font.widthOfTextAtSize(written, 1000);
    return {
      code: face.font.encodeText(written).asString(),
      width,
      advance: width,
      dx: 0,
      dy: 0,
      readAs: null,
    };
  });
}

/** fontkit chooses the forms, joins and places the marks; its answer stands as its script does, if it has layout tables. */
function laidOut(extra: ExtraFont, text: string, isRightToLeft: boolean): ShapedGlyph[] {
  const { embedder, font } = extra;
  const { scale } = embedder;
  const run = embedder.font.layout(text, embedder.fontFeatures);
  const codes = font.encodeText(text).asString();
  for (const glyph of run.glyphs) extra.glyphs.add(glyph);
  const isTurned = run.direction === "rtl" && LAYOUT_TABLES.some((table) => table in embedder.font);
  const letters = lettersOf(isTurned ? run.glyphs.toReversed() : run.glyphs, text);
  const shaped = run.glyphs.map((glyph, index): ShapedGlyph => {
    const position = run.positions[index];
    return {
      code: codes.slice(index * 4, index * 4 + 4),
      width: glyph.advanceWidth * scale,
      advance: (position?.xAdvance ?? glyph.advanceWidth) * scale,
      dx: (position?.xOffset ?? 0) * scale,
      dy: (position?.yOffset ?? 0) * scale,
      readAs: letters[isTurned ? run.glyphs.length - 1 - index : index] ?? null,
    };
  });
  return isRightToLeft === isTurned ? shaped : shaped.toReversed();
}
