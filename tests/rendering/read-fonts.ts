import { readFileSync } from "node:fs";

import type { ReportFonts } from "#rendering/render-pdf.ts";

const FOLDER = new URL("../../workers/rendering/fonts/", import.meta.url);
const OPERATOR_FOLDER = new URL("fonts/", import.meta.url);
const OPERATOR_FONTS = ["arabic.ttf", "hebrew.ttf", "japanese.ttf"];

/** The committed fonts; in a Worker they are imported as Data modules instead. */
export function readFonts(): ReportFonts {
  return { regular: read("inter-regular.ttf", FOLDER), semibold: read("inter-semibold.ttf", FOLDER) };
}

/** The same with fonts for Arabic, Hebrew and Japanese, as an operator may configure them. */
export function readFontsWithExtras(): ReportFonts {
  const extras = OPERATOR_FONTS.map((name) => read(name, OPERATOR_FOLDER));
  return { ...readFonts(), loadExtras: async () => await Promise.resolve(extras) };
}

function read(name: string, folder: URL): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}
