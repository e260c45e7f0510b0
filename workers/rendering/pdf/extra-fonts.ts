import fontkit from "@pdf-lib/fontkit";

import type { ReportModel } from "#core/report/report-model.ts";

type FontBytes = ArrayBuffer | Uint8Array;
type Fonts = { regular: FontBytes; loadExtras?: () => Promise<readonly FontBytes[]> };

const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/** The operator's fonts, where the model has a letter that ours lack: they are large, and most reports need none. */
export async function extrasFor(model: ReportModel, fonts: Fonts): Promise<readonly FontBytes[]> {
  if (fonts.loadExtras === undefined) return [];
  const texts = [...textsOf(model)].filter((text) => !PLAIN_ASCII.test(text));
  if (texts.length === 0) return [];
  const font = fontkit.create(new Uint8Array(fonts.regular));
  const isForeign = (character: string): boolean => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
  return texts.some((text) => Array.from(text).some(isForeign)) ? await fonts.loadExtras() : [];
}

/** Every text inside, however deep. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) yield* textsOf(part);
  }
}
