import fontkit from "@pdf-lib/fontkit";
import { CustomFontSubsetEmbedder, PDFFont } from "pdf-lib";
import type { PDFDocument, PDFRef } from "pdf-lib";

import type { ShapedRun } from "./shaped-text.ts";

/** The two weights of a report, with what is needed to measure text and to keep it inside the fonts. */
export type Typeface = {
  readonly regular: Face;
  readonly semibold: Face;
  /** Code points that both weights have. */
  readonly characters: ReadonlySet<number>;
  /** Fonts of the operator for what these lack, in the order in which they are asked. */
  readonly extras: readonly ExtraFont[];
  /** Code points met so far that no font has, as "U+1F600". */
  readonly replaced: Set<string>;
  readonly cleaned: Map<string, string>;
  /** Fonts of the operator that are none, or broken: they are left out. */
  readonly unreadableFonts: number;
};

/** A font as the pages name it. */
type FontResource = {
  readonly resource: string;
  readonly ref: PDFRef;
  readonly font: PDFFont;
  readonly embedder: CustomFontSubsetEmbedder;
};

/** A font of one glyph for each character, so that widths add up and codes can be joined. */
export type Face = FontResource & {
  readonly advances: Map<string, number>;
  readonly codes: Map<string, string>;
  readonly shaped: Map<string, readonly ShapedRun[]>;
  readonly extras: readonly ExtraFont[];
  readonly characters: ReadonlySet<number>;
};

/** A font that is laid out: its letters join, change places and carry marks. */
export type ExtraFont = FontResource & {
  /** The glyphs that were written; a font without any is not embedded. */
  readonly glyphs: Set<{ readonly codePoints: number[] }>;
};

export type Weight = "regular" | "semibold";

type FontBytes = ArrayBuffer | Uint8Array;
export type TypefaceFonts = {
  readonly regular: FontBytes;
  readonly semibold: FontBytes;
  readonly extras: readonly FontBytes[];
};

/** Nothing is embedded yet: `embedTypeface` does it when all is drawn. */
export async function createTypeface(document: PDFDocument, fonts: TypefaceFonts): Promise<Typeface> {
  const extras: ExtraFont[] = [];
  for (const [index, bytes] of fonts.extras.entries()) {
    const opened = await openExtra(document, bytes, `F${index + 3}`);
    if (opened !== null) extras.push({ ...opened, glyphs: new Set() });
  }
  const face = async (bytes: FontBytes, resource: string): Promise<Face> => {
    const opened = await openFont(document, bytes, { resource, create: fontkit.create });
    const characters = new Set(opened.font.getCharacterSet());
    const { advances, codes, shaped } = { advances: new Map(), codes: new Map(), shaped: new Map() };
    return { ...opened, advances, codes, shaped, extras, characters };
  };
  const regular = await face(fonts.regular, "F1");
  const semibold = await face(fonts.semibold, "F2");
  const { characters } = regular;
  const unreadableFonts = fonts.extras.length - extras.length;
  return { regular, semibold, characters, extras, replaced: new Set(), cleaned: new Map(), unreadableFonts };
}

/** Null for what is no font that can be embedded: a report without some letters is better than none. */
async function openExtra(
  document: PDFDocument,
  bytes: FontBytes,
  resource: string,
): Promise<FontResource | null> {
  try {
    return await openFont(document, bytes, { resource, create: withLongOffsets });
  } catch {
    return null;
  }
}

type Opening = { resource: string; create: typeof fontkit.create };

/**
 * Read anew for each document: fontkit remembers of a glyph which letters it was first met for, and a subset meets the
 * parts of accented letters for none.
 */
async function openFont(
  document: PDFDocument,
  bytes: FontBytes,
  { resource, create }: Opening,
): Promise<FontResource> {
  const font = create(new Uint8Array(bytes));
  // A name of our own keeps pdf-lib from adding a random prefix.
  const name = `WAYMRK+${font.postscriptName?.replaceAll(/[^\w-]/g, "") ?? resource}`;
  const embedder = await CustomFontSubsetEmbedder.for({ create: () => font }, new Uint8Array(), name);
  const ref = document.context.nextRef();
  return { resource, ref, font: PDFFont.of(ref, document, embedder), embedder };
}

/**
 * Outlines must be TrueType's: readers refuse the subsets that are made of others. fontkit writes the places of a small subset's glyphs in units of two bytes, also where a glyph has an odd length: all
 * behind it would be broken. With a version of its own the table is written in single bytes.
 */
function withLongOffsets(bytes: Uint8Array): ReturnType<typeof fontkit.create> {
  const font = fontkit.create(bytes);
  if (!("glyf" in font)) throw new Error("Cannot embed a font without TrueType outlines");
  const createSubset = font.createSubset.bind(font);
  font.createSubset = () => {
    const subset = createSubset();
    let table = {};
    Object.defineProperty(subset, "loca", {
      get: () => table,
      set: (begun: object) => {
        table = { ...begun, version: 1 };
      },
    });
    return subset;
  };
  return font;
}

/** Most readers pass over a word joiner; for a glyph of no letter they would show its number. */
const NO_LETTER = 0x20_60;

/** Writes the glyphs that were used into the document; a font of the operator only if any was. */
export async function embedTypeface({ regular, semibold, extras }: Typeface): Promise<void> {
  await regular.font.embed();
  await semibold.font.embed();
  for (const { font, glyphs } of extras) {
    if (glyphs.size === 0) continue;
    // Not before: fontkit hides what it takes for a joiner.
    for (const { codePoints } of glyphs) if (codePoints.length === 0) codePoints.push(NO_LETTER);
    await font.embed();
  }
}

/** The first font of the operator that has the character. */
export function extraFor(extras: readonly ExtraFont[], codePoint: number): ExtraFont | null {
  return extras.find(({ embedder }) => embedder.font.hasGlyphForCodePoint(codePoint)) ?? null;
}
