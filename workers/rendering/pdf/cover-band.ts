import { KIND_WORDS } from "#rendering/words/model-words.ts";

import { drawText, fillBox, fillRoundedBox, measureText, strokeLine } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN, PAGE } from "./theme.ts";
import { cleanForFont } from "./typeface.ts";
import { wrapText } from "./wrap-text.ts";

const TITLE_SIZE = 26;
const TITLE_LEADING = 31;
const TITLE_TOP = 98;
const RULE_HEIGHT = 3;
const MAX_PREPARED_FOR = 240;

/** The band across the top of the first page: whose report, of what, for which days. */
export function drawCoverBand(sheet: Sheet): void {
  const { canvas, typeface, model } = sheet;
  const title = wrapText(typeface.semibold, cleanForFont(typeface, model.title), {
    size: TITLE_SIZE,
    maxWidth: CONTENT_WIDTH,
    maxLines: 2,
  });
  const titleBottom = TITLE_TOP + (title.length - 1) * TITLE_LEADING;
  const height = titleBottom + 52;

  fillBox(canvas, { x: 0, y: 0, width: PAGE.width, height }, COLOR.band);
  fillBox(canvas, { x: 0, y: height, width: PAGE.width, height: RULE_HEIGHT }, COLOR.bandRule);
  drawWordmark(canvas);
  drawText(canvas, KIND_WORDS[model.kind].toUpperCase(), {
    x: PAGE.width - MARGIN,
    y: 50,
    size: 7.5,
    weight: "semibold",
    color: COLOR.onBandSoft,
    align: "right",
    tracking: 0.5,
  });
  for (const [index, line] of title.entries()) {
    const y = TITLE_TOP + index * TITLE_LEADING;
    drawText(canvas, line, { x: MARGIN, y, size: TITLE_SIZE, weight: "semibold", color: COLOR.onBand });
  }
  drawFacts(sheet, titleBottom + 26);
  sheet.y = height + RULE_HEIGHT;
}

/** Days and subject on the left; on the right for whom. */
function drawFacts({ canvas, model, formats }: Sheet, y: number): void {
  const style = { y, size: 10.5, color: COLOR.onBand };
  const right = model.preparedFor === null ? "" : `Prepared for ${model.preparedFor}`;
  const rightWidth = Math.min(MAX_PREPARED_FOR, measureText(canvas, right, style));
  const room = CONTENT_WIDTH - (right === "" ? 0 : rightWidth + 24);

  const range = formats.range(model.range);
  const taken = drawText(canvas, range, { ...style, x: MARGIN, weight: "semibold", maxWidth: room });
  const subject = model.campaignName === null ? [model.siteName] : [model.campaignName, model.siteName];
  const rest = `   ${subject.filter((name) => name !== model.title).join(" · ")}`;
  drawText(canvas, rest, { ...style, x: MARGIN + taken, color: COLOR.onBandSoft, maxWidth: room - taken });
  drawText(canvas, right, { ...style, x: PAGE.width - MARGIN, align: "right", maxWidth: MAX_PREPARED_FOR });
}

function drawWordmark(canvas: Canvas): void {
  const box = { x: MARGIN, y: 36, width: 18, height: 18, radius: 4.5 };
  fillRoundedBox(canvas, box, COLOR.bandRule);
  const path = [
    [7, 10.5],
    [11.6, 21.5],
    [16, 11],
    [20.4, 21.5],
    [25, 10.5],
  ] as const;
  const scale = box.width / 32;
  strokeLine(
    canvas,
    path.map(([x, y]) => ({ x: box.x + x * scale, y: box.y + y * scale })),
    { color: COLOR.onBand, width: 2.8 * scale },
  );
  drawText(canvas, "Waymark", { x: MARGIN + 25, y: 49.5, size: 12, weight: "semibold", color: COLOR.onBand });
}
