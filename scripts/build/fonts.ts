/**
 * Makes the two fonts of the PDF report: `npm run build:fonts`. Their output is committed, so nothing else needs this.
 *
 * Layout tables are dropped because OpenType layout, not PDF writing, is what costs CPU (ten pages: 2 s with them,
 * 0.06 s without). The digits of the character map point to Inter's tabular figures instead, which a layout feature
 * would otherwise have to choose, so that columns of numbers align.
 */
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import fontkit from "@pdf-lib/fontkit";
import subsetFont from "subset-font";

import { buildCharacterMap } from "./character-map.ts";
import { readSfntTables, writeSfntTables } from "./sfnt-tables.ts";

const FONTS = [
  { from: "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf", to: "inter-regular.ttf" },
  { from: "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf", to: "inter-semibold.ttf" },
];
const LICENCE = "@expo-google-fonts/inter/LICENSE_FONT";
const OUT = fileURLToPath(new URL("../../workers/rendering/fonts/", import.meta.url));

/** First and last code point. The font says which of them it has. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x0020, 0x007e],
  [0x00a0, 0x024f], // Latin-1, Latin Extended-A and -B
  [0x02b0, 0x02ff], // modifier letters
  [0x0300, 0x036f], // combining marks
  [0x0370, 0x03ff], // Greek
  [0x0400, 0x052f], // Cyrillic
  [0x1e00, 0x1eff], // Latin Extended Additional (Vietnamese)
  [0x1f00, 0x1fff], // Greek Extended
  [0x2000, 0x206f], // spaces, dashes, quotes
  [0x2070, 0x209c], // superscripts, subscripts
  [0x20a0, 0x20c0], // currency signs
  [0x2100, 0x214f], // letterlike
  [0x2150, 0x215f], // fractions
  [0x2190, 0x2199], // arrows
  [0x2212, 0x2212],
  [0x2248, 0x2248],
  [0x2260, 0x2265],
  [0x221e, 0x221e],
  [0x25a0, 0x25cf], // squares, triangles, circles
  [0x2713, 0x2713],
];

/** They share a glyph with a letter of a language, and extracted text must name the letter. */
const SHARED_GLYPHS = new Set([0x034f, 0x200b, 0x02bc, 0x02ee, 0x2126, 0x25ba, 0x25bb, 0x25c4, 0x25c5]);

const DROPPED_TABLES = ["GSUB", "GPOS", "GDEF", "kern", "STAT", "HVAR", "MVAR", "DSIG", "gasp", "meta"];

for (const font of FONTS) {
  const source = new Uint8Array(await readFile(resolvePackageFile(font.from)));
  const bytes = await makeFont(source);
  await writeFile(OUT + font.to, bytes);
  console.log(`${font.to}: ${bytes.length} bytes (from ${source.length})`);
}
await writeFile(`${OUT}OFL.txt`, await readFile(resolvePackageFile(LICENCE)));

async function makeFont(source: Uint8Array): Promise<Uint8Array> {
  const text = RANGES.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  )
    .filter((codePoint) => !SHARED_GLYPHS.has(codePoint))
    .map((codePoint) => String.fromCodePoint(codePoint))
    .join("");
  // Tabular figures survive the subset as the only feature kept; their table goes once their glyph ids are known.
  const subset = new Uint8Array(
    await subsetFont(Buffer.from(source), text, {
      targetFormat: "sfnt",
      keepFeatures: ["tnum"],
      noHinting: true,
    }),
  );
  const tables = readSfntTables(subset);
  for (const tag of DROPPED_TABLES) tables.delete(tag);
  tables.set("cmap", buildCharacterMap(glyphIds(subset)));
  return writeSfntTables(tables);
}

function glyphIds(subset: Uint8Array): Map<number, number> {
  const font = fontkit.create(subset);
  const ids = new Map<number, number>();
  for (const codePoint of font.characterSet) {
    const glyphs = font.layout(String.fromCodePoint(codePoint), isDigit(codePoint) ? ["tnum"] : []).glyphs;
    const glyph = glyphs[0];
    if (glyph !== undefined && glyphs.length === 1) ids.set(codePoint, glyph.id);
  }
  return ids;
}

function isDigit(codePoint: number): boolean {
  return codePoint >= 0x30 && codePoint <= 0x39;
}

function resolvePackageFile(path: string): string {
  return createRequire(import.meta.url).resolve(path);
}
