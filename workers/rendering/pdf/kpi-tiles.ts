import type { ReportKpi } from "#core/report/report-model.ts";
import { absenceWords, kpiChange, kpiValue } from "#rendering/words/kpi-words.ts";
import type { Tone } from "#rendering/words/kpi-words.ts";

import { drawText, fillRoundedBox, strokeRoundedBox } from "./canvas.ts";
import type { Box } from "./canvas.ts";
import { ensureSpace } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import { cleanForFont, textWidth } from "./typeface.ts";
import type { Face } from "./typeface.ts";
import { wrapText } from "./wrap-text.ts";

const COLUMNS = 4;
const GAP = 8;
const HEIGHT = 62;
const PADDING = 12;
const RADIUS = 6;
const TOP_GAP = 16;
const VALUE_SIZE = 18;
const NOTE_SIZE = 7.5;

const TONE_COLOR: { readonly [tone in Tone]: typeof COLOR.good } = {
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
    ensureSpace(sheet, HEIGHT);
    for (const [column, kpi] of kpis.slice(first, first + COLUMNS).entries()) {
      drawTile(sheet, kpi, { x: MARGIN + column * (width + GAP), y: sheet.y, width, height: HEIGHT });
    }
    sheet.y += HEIGHT + GAP;
  }
  if (kpis.length > 0) sheet.y -= GAP;
  if (comparison === null) return;
  const note = `Changes compare with ${sheet.formats.range(comparison)}.`;
  drawText(sheet.canvas, note, { x: MARGIN, y: sheet.y + 14, size: NOTE_SIZE, color: COLOR.ink3 });
  sheet.y += 16;
}

function drawTile(sheet: Sheet, kpi: ReportKpi, box: Box): void {
  const { canvas, typeface, formats } = sheet;
  const room = box.width - 2 * PADDING;
  const x = box.x + PADDING;
  fillRoundedBox(canvas, { ...box, radius: RADIUS }, kpi.value === null ? COLOR.sunken : COLOR.white);
  strokeRoundedBox(canvas, { ...box, radius: RADIUS }, { color: COLOR.border, width: 0.75 });
  drawText(canvas, kpi.label, { x, y: box.y + 17, size: 8.5, color: COLOR.ink3, maxWidth: room });

  const value = cleanForFont(typeface, kpiValue(kpi, formats));
  const size = fittingSize(typeface.semibold, value, { size: VALUE_SIZE, room });
  const color = kpi.value === null ? COLOR.ink3 : COLOR.ink;
  drawText(canvas, value, { x, y: box.y + 37, size, weight: "semibold", color });

  if (kpi.value === null) drawReason(sheet, kpi, { x, y: box.y + 46, width: room, height: 0 });
  else drawChange(sheet, kpi, { x, y: box.y + 52, width: room, height: 0 });
}

function drawChange({ canvas, typeface, model, formats }: Sheet, kpi: ReportKpi, at: Box): void {
  const change = kpiChange(kpi, formats);
  const style = { x: at.x, y: at.y };
  if (change !== null) {
    const text = cleanForFont(typeface, `${change.arrow} ${change.words}`.trim());
    const size = fittingSize(typeface.semibold, text, { size: NOTE_SIZE, room: at.width });
    drawText(canvas, text, { ...style, size, weight: "semibold", color: TONE_COLOR[change.tone] });
  } else if (model.comparison !== null) {
    drawText(canvas, "nothing to compare with", { ...style, size: NOTE_SIZE, color: COLOR.ink3 });
  }
}

function drawReason({ canvas, typeface }: Sheet, kpi: ReportKpi, at: Box): void {
  const measure = { size: 7, maxWidth: at.width, maxLines: 2 };
  for (const [index, line] of wrapText(typeface.regular, absenceWords(kpi.reason), measure).entries()) {
    drawText(canvas, line, { x: at.x, y: at.y + index * 9, size: measure.size, color: COLOR.ink3 });
  }
}

/** Amounts of any length stay readable: the size gives way, not the digits. */
function fittingSize(face: Face, text: string, { size, room }: { size: number; room: number }): number {
  const width = textWidth(face, text, size);
  return width <= room ? size : (size * room) / width;
}
