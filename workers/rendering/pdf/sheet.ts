import type { PDFDocument, PDFRef } from "pdf-lib";

import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";

import { createCanvas, drawText, measureText, strokeLine } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import { COLOR, CONTENT_BOTTOM, CONTENT_TOP, CONTENT_WIDTH, MARGIN, PAGE } from "./theme.ts";
import type { Typeface } from "./typeface.ts";

/** A report being set: where the pen stands, and the pages so far. */
export type Sheet = {
  readonly document: PDFDocument;
  readonly model: ReportModel;
  readonly formats: ReportFormats;
  readonly typeface: Typeface;
  readonly pages: Canvas[];
  readonly bookmarks: Bookmark[];
  canvas: Canvas;
  /** Where the next thing begins, from the top of the page. */
  y: number;
};

export type Bookmark = { title: string; page: PDFRef; y: number };

export type SheetParts = Pick<Sheet, "document" | "model" | "formats" | "typeface">;

const RUNNING_HEAD_SIZE = 7.5;
const SECTION_TITLE_SIZE = 13;
const SECTION_NOTE_SIZE = 8.5;
const SECTION_TITLE_HEIGHT = 40;
const SECTION_GAP = 28;

/** The first page, without a running head: the cover band stands there. */
export function openSheet(parts: SheetParts): Sheet {
  const canvas = createCanvas(parts.document.addPage([PAGE.width, PAGE.height]), parts.typeface);
  return { ...parts, pages: [canvas], bookmarks: [], canvas, y: 0 };
}

export function startPage(sheet: Sheet): void {
  const page = sheet.document.addPage([PAGE.width, PAGE.height]);
  sheet.canvas = createCanvas(page, sheet.typeface);
  sheet.pages.push(sheet.canvas);
  sheet.y = CONTENT_TOP;
  drawRunningHead(sheet);
}

/** Starts a new page when less than `height` is left; says whether it did. */
export function ensureSpace(sheet: Sheet, height: number): boolean {
  if (sheet.y + height <= CONTENT_BOTTOM) return false;
  startPage(sheet);
  return true;
}

/** A heading with a line of explanation, kept on one page with the first `keep` points of what follows. */
export function openSection(sheet: Sheet, section: { title: string; note: string; keep: number }): void {
  if (sheet.y > CONTENT_TOP) sheet.y += SECTION_GAP;
  ensureSpace(sheet, SECTION_TITLE_HEIGHT + section.keep);
  const { canvas, y } = sheet;
  sheet.bookmarks.push({ title: section.title, page: canvas.page.ref, y: y - 12 });
  drawText(canvas, section.title, {
    x: MARGIN,
    y: y + SECTION_TITLE_SIZE,
    size: SECTION_TITLE_SIZE,
    weight: "semibold",
    color: COLOR.ink,
  });
  drawText(canvas, section.note, {
    x: MARGIN,
    y: y + 28,
    size: SECTION_NOTE_SIZE,
    color: COLOR.ink3,
    maxWidth: CONTENT_WIDTH,
  });
  sheet.y = y + SECTION_TITLE_HEIGHT;
}

function drawRunningHead(sheet: Sheet): void {
  const { canvas, model, formats } = sheet;
  const y = 46;
  const right = formats.range(model.range);
  const style = { y, size: RUNNING_HEAD_SIZE, color: COLOR.ink3 };
  const room = CONTENT_WIDTH - measureText(canvas, right, style) - 24;
  drawText(canvas, model.title, { ...style, x: MARGIN, weight: "semibold", maxWidth: room });
  drawText(canvas, right, { ...style, x: PAGE.width - MARGIN, align: "right" });
  const rule = [
    { x: MARGIN, y: y + 9 },
    { x: PAGE.width - MARGIN, y: y + 9 },
  ];
  strokeLine(canvas, rule, { color: COLOR.border, width: 0.75 });
}
