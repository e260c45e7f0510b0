import { drawText, measureText, strokeLine } from "./canvas.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN, PAGE } from "./theme.ts";

const SIZE = 7.5;
const BASELINE = PAGE.height - 34;

/** Drawn last, when the number of pages is known. */
export function drawPageFooters({ pages, model, formats }: Sheet): void {
  const left = `${model.siteName} · made ${formats.instant(model.generatedAt)} by Waymark`;
  for (const [index, canvas] of pages.entries()) {
    const right = `Page ${index + 1} of ${pages.length}`;
    const rule = [
      { x: MARGIN, y: BASELINE - 14 },
      { x: PAGE.width - MARGIN, y: BASELINE - 14 },
    ];
    strokeLine(canvas, rule, { color: COLOR.border, width: 0.75 });
    const style = { y: BASELINE, size: SIZE, color: COLOR.ink3 };
    const room = CONTENT_WIDTH - measureText(canvas, right, style) - 24;
    drawText(canvas, left, { ...style, x: MARGIN, maxWidth: room });
    drawText(canvas, right, { ...style, x: PAGE.width - MARGIN, align: "right" });
  }
}
