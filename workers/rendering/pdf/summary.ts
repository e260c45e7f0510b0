import { headlinePhrases } from "#rendering/words/headline.ts";

import { drawText } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import { wrapRuns } from "./wrap-text.ts";
import type { Run } from "./wrap-text.ts";

const SIZE = 13;
const LEADING = 20;
const TOP_GAP = 18;
/** Names of any length may stand in the sentence; it shall not push the figures off the first page. */
const MAX_LINES = 6;

/** The report in a few sentences, figures in bold. */
export function drawSummary(sheet: Sheet): void {
  const { canvas, typeface, model, voice } = sheet;
  const runs = headlinePhrases(model, voice).map((phrase): Run => {
    const weight = phrase.isStrong ? "semibold" : "regular";
    return { text: cleanForFont(typeface, phrase.text), weight };
  });
  let y = sheet.y + TOP_GAP;
  const lines = wrapRuns(typeface, runs, { size: SIZE, maxWidth: CONTENT_WIDTH });
  for (const line of lines.slice(0, MAX_LINES)) {
    let x = MARGIN;
    y += LEADING;
    for (const { text, weight } of line) {
      const color = weight === "semibold" ? COLOR.ink : COLOR.ink2;
      x += drawText(canvas, text, { x, y: y - 6, size: SIZE, weight, color });
    }
  }
  sheet.y = y;
}
