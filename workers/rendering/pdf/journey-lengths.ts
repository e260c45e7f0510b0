import type { ReportJourneys } from "#core/report/report-journeys.ts";
import { lagText } from "#rendering/words/lag-text.ts";

import { drawText, fillRoundedBox } from "./canvas.ts";
import { shareOf } from "#rendering/words/figure-cells.ts";
import { ensureSpace } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";

const SIZE = 8.5;
const TOP_GAP = 18;
const TITLE_HEIGHT = 18;
const ROW_HEIGHT = 17;
const BAR_HEIGHT = 9;
const BAR_X = MARGIN + 92;
const BAR_WIDTH = 300;
const LAG_HEIGHT = 18;

/** How many touchpoints a conversion had, as bars, and how long it took. */
export function drawJourneyLengths(sheet: Sheet, { lengths, medianLagMs }: ReportJourneys): void {
  const { words, formats } = sheet.voice;
  const total = lengths.reduce((sum, { conversions }) => sum + conversions, 0);
  if (total <= 0) return;
  const height = TOP_GAP + TITLE_HEIGHT + lengths.length * ROW_HEIGHT;
  ensureSpace(sheet, height + (medianLagMs === null ? 0 : LAG_HEIGHT));
  const { canvas, theme } = sheet;
  sheet.y += TOP_GAP;
  const title = { size: 9.5, weight: "semibold", color: COLOR.ink } as const;
  drawText(canvas, words.journeys.lengths, { ...title, x: MARGIN, y: sheet.y + 9, maxWidth: CONTENT_WIDTH });
  sheet.y += TITLE_HEIGHT;
  const most = Math.max(...lengths.map(({ conversions }) => conversions));
  for (const { min, max, conversions } of lengths) {
    const y = sheet.y + 11;
    const label = words.journeys.touchpoints(min, max);
    drawText(canvas, label, { x: BAR_X - 10, y, size: SIZE, color: COLOR.ink2, align: "right" });
    const width = Math.max(conversions > 0 ? 1.5 : 0, BAR_WIDTH * shareOf(conversions, most));
    const bar = { x: BAR_X, y: sheet.y + 3.5, width, height: BAR_HEIGHT, radius: 2 };
    if (width > 0) fillRoundedBox(canvas, bar, theme.fill);
    const text = `${formats.credit(conversions)} · ${formats.wholePercent(shareOf(conversions, total))}`;
    drawText(canvas, text, { x: BAR_X + width + 8, y, size: SIZE, color: COLOR.ink });
    sheet.y += ROW_HEIGHT;
  }
  if (medianLagMs === null) return;
  const lag = words.journeys.medianLag(lagText(medianLagMs, sheet.voice));
  drawText(canvas, lag, {
    x: MARGIN,
    y: sheet.y + 14,
    size: SIZE,
    color: COLOR.ink2,
    maxWidth: CONTENT_WIDTH,
  });
  sheet.y += LAG_HEIGHT;
}
