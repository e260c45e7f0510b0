import type { ReportKpi } from "#core/report/report-model.ts";
import { absenceWords, kpiChange, kpiInterval, kpiValue } from "#rendering/words/kpi-words.ts";
import type { Tone } from "#rendering/words/kpi-words.ts";

import { drawText, fillRoundedBox, strokeRoundedBox } from "./canvas.ts";
import type { Box, Point } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import { ensureSpace } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { textWidth } from "./text-width.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import type { Face } from "./typeface.ts";
import { wrapText } from "./wrap-text.ts";

const COLUMNS = 4;
const GAP = 8;
const HEIGHT = 63;
const INTERVAL_HEIGHT = 11;
const PADDING = 12;
const RADIUS = 6;
const TOP_GAP = 14;
const VALUE_SIZE = 18;
const NOTE_SIZE = 7.5;

export const TONE_COLOR: { readonly [tone in Tone]: typeof COLOR.good } = {
  good: COLOR.good,
  bad: COLOR.bad,
  neutral: COLOR.ink3,
};

/** A tile for each KPI, four in a row; a value that is missing says why. */
export function drawKpiTiles(sheet: Sheet): void {
  const { kpis, comparison } = sheet.model;
  const width = (CONTENT_WIDTH - GAP * (COLUMNS - 1)) / COLUMNS;
  sheet.y += TOP_GAP;
  for (let first = 0; first < kpis.length; first += COLUMNS) {
    const row = kpis.slice(first, first + COLUMNS);
    // Tiles beside each other are of one height.
    const hasThirdLine = row.some((kpi) => kpi.value !== null && (kpi.interval !== null || kpi.tooFew));
    const height = HEIGHT + (hasThirdLine ? INTERVAL_HEIGHT : 0);
    ensureSpace(sheet, height);
    const size = valueSize(sheet, row, width - 2 * PADDING);
    for (const [column, kpi] of row.entries()) {
      drawTile(sheet, kpi, { x: MARGIN + column * (width + GAP), y: sheet.y, width, height, size });
    }
    sheet.y += height + GAP;
  }
  if (kpis.length > 0) sheet.y -= GAP;
  if (comparison === null) return;
  const { words, formats } = sheet.voice;
  const note = words.change.comparedWith(formats.range(comparison));
  const style = { x: MARGIN, y: sheet.y + 14, size: NOTE_SIZE, color: COLOR.ink3 };
  drawText(sheet.canvas, note, { ...style, maxWidth: CONTENT_WIDTH });
  sheet.y += 16;
}

/** Values beside each other are of one size: that of the longest that fits. */
function valueSize({ typeface, voice }: Sheet, row: readonly ReportKpi[], room: number): number {
  const sizes = row.map((kpi) => {
    const value = cleanForFont(typeface, kpiValue(kpi, voice));
    return fittingSize(typeface.semibold, value, { size: VALUE_SIZE, room });
  });
  return Math.min(...sizes);
}

function drawTile(sheet: Sheet, kpi: ReportKpi, box: Box & { size: number }): void {
  const { canvas, voice } = sheet;
  const room = box.width - 2 * PADDING;
  const x = box.x + PADDING;
  const isMissing = kpi.value === null;
  fillRoundedBox(canvas, { ...box, radius: RADIUS }, isMissing ? COLOR.sunken : COLOR.white);
  strokeRoundedBox(canvas, { ...box, radius: RADIUS }, { color: COLOR.border, width: 0.75 });
  const label = { x, y: box.y + 17, size: 8.5, color: COLOR.ink3, maxWidth: room };
  drawText(canvas, voice.words.kpis[kpi.key], label);

  const color = isMissing ? COLOR.ink3 : kpi.tooFew ? COLOR.weak : COLOR.ink;
  const value = { x, y: box.y + 37, size: box.size, weight: "semibold", color } as const;
  drawText(canvas, kpiValue(kpi, voice), value);

  if (isMissing) drawReason(sheet, kpi, { x, y: box.y + 46, room });
  else drawChange(sheet, kpi, { x, y: box.y + 52, room });
}

type Place = Point & { room: number };

function drawChange(sheet: Sheet, kpi: ReportKpi, at: Place): void {
  const { canvas, typeface, model, voice } = sheet;
  const change = kpiChange(kpi, voice);
  if (change !== null) {
    const text = cleanForFont(typeface, `${change.arrow} ${change.words}`.trim());
    const size = fittingSize(typeface.semibold, text, { size: NOTE_SIZE, room: at.room });
    const color = kpi.tooFew ? COLOR.weak : TONE_COLOR[change.tone];
    drawText(canvas, text, { x: at.x, y: at.y, size, weight: "semibold", color });
  } else if (model.comparison !== null) {
    const style = { x: at.x, y: at.y, size: NOTE_SIZE, color: COLOR.ink3, maxWidth: at.room };
    drawText(canvas, voice.words.change.noBase, style);
  }
  drawCertainty(sheet, kpi, { ...at, y: at.y + INTERVAL_HEIGHT });
}

/** The interval, and whether it stands on too little to decide by. */
function drawCertainty({ canvas, typeface, voice }: Sheet, kpi: ReportKpi, at: Place): void {
  const interval = kpiInterval(kpi, voice);
  const parts = [interval, kpi.tooFew ? voice.words.verdicts.too_few : null];
  const text = parts.filter((part) => part !== null).join(" · ");
  if (text === "") return;
  const size = fittingSize(typeface.regular, cleanForFont(typeface, text), { size: 7, room: at.room });
  drawText(canvas, text, { x: at.x, y: at.y, size, color: COLOR.ink3 });
}

function drawReason({ canvas, typeface, voice }: Sheet, kpi: ReportKpi, at: Place): void {
  const measure = { size: 7, maxWidth: at.room, maxLines: 2 };
  const words = cleanForFont(typeface, absenceWords(kpi, voice.words) ?? "");
  for (const [index, line] of wrapText(typeface.regular, words, measure).entries()) {
    drawText(canvas, line, { x: at.x, y: at.y + index * 9, size: measure.size, color: COLOR.ink3 });
  }
}

/** Amounts of any length stay readable: the size gives way, not the digits. */
function fittingSize(face: Face, text: string, { size, room }: { size: number; room: number }): number {
  const width = textWidth(face, text, size);
  return width <= room ? size : (size * room) / width;
}
