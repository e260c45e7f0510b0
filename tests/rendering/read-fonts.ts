import { readFileSync } from "node:fs";

import type { ReportFonts } from "#rendering/render-pdf.ts";

const FOLDER = new URL("../../workers/rendering/fonts/", import.meta.url);

/** The committed fonts; in a Worker they are imported as Data modules instead. */
export function readFonts(): ReportFonts {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, FOLDER)));
  return { regular: read("inter-regular.ttf"), semibold: read("inter-semibold.ttf") };
}
