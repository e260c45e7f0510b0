import { drawText, fillBox, measureText, strokeLine } from "./canvas.ts";
import type { Box, StrokeOptions } from "./canvas.ts";
import { COMPARISON_STROKE, OVERLAY_STROKE } from "./chart-panel.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";

const SIZE = 7.5;
const SWATCH_ROOM = 18;
const LEGEND_GAP = 12;
const DAY_LABEL_ROOM = 62;
const HALF_LABEL = 16;

type LegendEntry = { label: string; stroke: StrokeOptions | null };

/** Right-aligned on the line of the first panel's title; a box stands for bars, a line for lines. */
export function drawLegend(sheet: Sheet, { hasSpend, y }: { hasSpend: boolean; y: number }): void {
  const { canvas, theme } = sheet;
  const entries = legendEntries(sheet, hasSpend);
  const style = { size: SIZE, color: COLOR.ink2 };
  const widths = entries.map(({ label }) => measureText(canvas, label, style));
  const total = widths.reduce((sum, width) => sum + SWATCH_ROOM + width, LEGEND_GAP * (entries.length - 1));
  let x = MARGIN + CONTENT_WIDTH - total;
  for (const [index, { label, stroke }] of entries.entries()) {
    const swatch = { x, y: y - 2.6 };
    if (stroke === null) fillBox(canvas, { x: x + 5, y: y - 6.2, width: 8, height: 7 }, theme.fill);
    else strokeLine(canvas, [swatch, { ...swatch, x: x + 13 }], stroke);
    drawText(canvas, label, { ...style, x: x + SWATCH_ROOM, y });
    x += SWATCH_ROOM + (widths[index] ?? 0) + LEGEND_GAP;
  }
}

function legendEntries({ model, voice }: Sheet, hasSpend: boolean): LegendEntry[] {
  const { words, formats } = voice;
  const entries: LegendEntry[] = [{ label: formats.range(model.range), stroke: null }];
  if (hasSpend) entries.push({ label: words.kpis.spend, stroke: OVERLAY_STROKE });
  if (model.comparison !== null && model.comparisonDays !== null) {
    entries.push({ label: formats.range(model.comparison), stroke: COMPARISON_STROKE });
  }
  return entries;
}

/** As many days as fit, evenly spaced, the first one always. */
export function drawDayLabels({ canvas, model, voice }: Sheet, plot: Box): void {
  const count = model.days.length;
  const slot = plot.width / Math.max(1, count);
  const every = Math.max(1, Math.ceil(DAY_LABEL_ROOM / slot));
  for (let index = 0; index < count; index += every) {
    const day = model.days[index];
    if (day === undefined) continue;
    const x = plot.x + (index + 0.5) * slot;
    const centred = Math.max(plot.x + HALF_LABEL, Math.min(plot.x + plot.width - HALF_LABEL, x));
    const style = { size: SIZE, color: COLOR.ink3, align: "center" } as const;
    const y = plot.y + plot.height + 14;
    drawText(canvas, voice.formats.shortDay(day.day), { ...style, x: centred, y });
  }
}
