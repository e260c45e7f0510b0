import type { ReportJourney, ReportJourneys } from "#core/report/report-journeys.ts";

import { drawText, fillBox } from "./canvas.ts";
import { drawChips, layOutChips } from "./chips.ts";
import type { ChipLine } from "./chips.ts";
import { shareOf } from "#rendering/words/figure-cells.ts";
import { journeysHead } from "#rendering/words/journeys-head.ts";
import { drawJourneyLengths } from "./journey-lengths.ts";
import { ensureSpace, openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTableRule } from "./table-header.ts";
import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, MARGIN } from "./theme.ts";

const SIZE = 8.5;
const WAYS_WIDTH = 318;
const COUNT_X = MARGIN + WAYS_WIDTH + 14;
const BAR_WIDTH = 84;
const RIGHT = MARGIN + CONTENT_WIDTH;
const HEADER_HEIGHT = 22;
const CHIP_LINE = 17;
const ROW_PADDING = 5.5;
const EDGE = 4;
const EMPTY_HEIGHT = 30;
const FIRST_ROWS = 90;

/** The ways with the most conversions, all others in one row, and how many touchpoints they had. */
export function drawJourneys(sheet: Sheet): void {
  const { journeys } = sheet.model;
  if (journeys === null) return;
  const { words } = sheet.voice;
  openSection(sheet, { ...journeysHead(journeys, words), keep: HEADER_HEIGHT + FIRST_ROWS });
  drawHeader(sheet);
  if (journeys.top.length === 0) drawEmpty(sheet);
  for (const journey of journeys.top) drawJourney(sheet, journey, journeys);
  drawOthers(sheet, journeys);
  drawJourneyLengths(sheet, journeys);
}

function drawHeader(sheet: Sheet): void {
  const { canvas, voice } = sheet;
  const { columns, kpis } = voice.words;
  const style = { y: sheet.y + 13, size: SIZE * 0.88, weight: "semibold", color: COLOR.ink3 } as const;
  drawText(canvas, columns.journey, { ...style, x: MARGIN + EDGE });
  drawText(canvas, kpis.conversions, { ...style, x: COUNT_X });
  drawText(canvas, columns.revenue, { ...style, x: RIGHT - EDGE, align: "right" });
  sheet.y += HEADER_HEIGHT;
  drawTableRule(sheet, COLOR.borderStrong);
}

function drawJourney(sheet: Sheet, journey: ReportJourney, journeys: ReportJourneys): void {
  const lines = layOutChips(sheet, journey, { by: journeys.by, width: WAYS_WIDTH });
  const height = Math.max(1, lines.length) * CHIP_LINE + ROW_PADDING;
  startRow(sheet, height);
  if (lines.length === 0) drawName(sheet, sheet.voice.words.rows.unattributed);
  else drawWay(sheet, lines);
  drawNumbers(sheet, { ...journey, share: shareOf(journey.conversions, journeys.conversions), height });
}

function drawWay(sheet: Sheet, lines: readonly ChipLine[]): void {
  for (const [index, line] of lines.entries()) {
    drawChips(sheet, line, { x: MARGIN + EDGE, y: sheet.y + 4.5 + index * CHIP_LINE });
  }
}

function drawOthers(sheet: Sheet, { others, conversions }: ReportJourneys): void {
  if (others.ways === 0) return;
  const { words, formats } = sheet.voice;
  const height = CHIP_LINE + ROW_PADDING;
  startRow(sheet, height);
  drawName(sheet, words.journeys.otherWays(others.ways, formats.count(others.ways)));
  drawNumbers(sheet, { ...others, share: shareOf(others.conversions, conversions), height });
}

function drawName(sheet: Sheet, text: string): void {
  const at = { x: MARGIN + EDGE, y: sheet.y + 14 };
  drawText(sheet.canvas, text, { ...at, size: SIZE, color: COLOR.ink3, maxWidth: WAYS_WIDTH });
}

function startRow(sheet: Sheet, height: number): void {
  if (sheet.y + height <= CONTENT_BOTTOM) return;
  ensureSpace(sheet, Number.POSITIVE_INFINITY);
  drawHeader(sheet);
}

type Numbers = { conversions: number; revenueMinor: number; share: number; height: number };

function drawNumbers(sheet: Sheet, { conversions, revenueMinor, share, height }: Numbers): void {
  const { canvas, voice, theme } = sheet;
  const { formats } = voice;
  const baseline = sheet.y + 14;
  const bar = { x: COUNT_X - 4, y: sheet.y + 4, width: BAR_WIDTH * Math.min(1, share), height: 14 };
  if (bar.width > 0) fillBox(canvas, bar, theme.tint);
  const text = `${formats.credit(conversions)} · ${formats.wholePercent(share)}`;
  drawText(canvas, text, { x: COUNT_X, y: baseline, size: SIZE, color: COLOR.ink, maxWidth: BAR_WIDTH });
  const at = { x: RIGHT - EDGE, y: baseline, align: "right" } as const;
  drawText(canvas, formats.money(revenueMinor), { ...at, size: SIZE, color: COLOR.ink });
  sheet.y += height;
  drawTableRule(sheet, COLOR.grid);
}

function drawEmpty(sheet: Sheet): void {
  const style = { x: MARGIN + EDGE, y: sheet.y + 19, size: SIZE, color: COLOR.ink3 };
  drawText(sheet.canvas, sheet.voice.words.tables.noConversions, style);
  sheet.y += EMPTY_HEIGHT;
}
