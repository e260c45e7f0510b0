import { scopeNames } from "#rendering/words/names.ts";

import { drawText, measureText, strokeLine } from "./canvas.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN, PAGE } from "./theme.ts";

const SIZE = 7.5;
const BASELINE = PAGE.height - 28;
const LEADING = 11;
const RULE = BASELINE - LEADING - 13;

/** Drawn last, when the number of pages is known: the brand's own line, what and when, and the page. */
export function drawPageFooters({ pages, model, voice }: Sheet): void {
  const { words, formats } = voice;
  const place = scopeNames({ ...model, campaignNames: [] }, words).join(" · ");
  const made = `${place} · ${words.page.madeAt(formats.instant(model.generatedAt))}`;
  const { footer } = model.branding;
  const lines = footer === null || footer.trim() === "" ? [made] : [footer, made];
  for (const [index, canvas] of pages.entries()) {
    const rule = [
      { x: MARGIN, y: RULE },
      { x: PAGE.width - MARGIN, y: RULE },
    ];
    strokeLine(canvas, rule, { color: COLOR.border, width: 0.75 });
    const style = { size: SIZE, color: COLOR.ink3 };
    const right = words.page.of(index + 1, pages.length);
    const room = CONTENT_WIDTH - measureText(canvas, right, style) - 24;
    for (const [row, line] of lines.entries()) {
      drawText(canvas, line, { ...style, x: MARGIN, y: BASELINE - LEADING + row * LEADING, maxWidth: room });
    }
    const at = { x: PAGE.width - MARGIN, y: BASELINE - LEADING, align: "right" } as const;
    drawText(canvas, right, { ...style, ...at });
  }
}
