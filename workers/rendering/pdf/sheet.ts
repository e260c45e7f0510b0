import type { PDFDocument, PDFImage, PDFRef } from "pdf-lib";

import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

import { closeCanvas, createCanvas, drawText, measureText, strokeLine } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import { COLOR, CONTENT_BOTTOM, CONTENT_TOP, CONTENT_WIDTH, MARGIN, PAGE } from "./theme.ts";
import type { Theme } from "./theme.ts";
import type { Typeface } from "./typeface.ts";
import { wrapText } from "./wrap-text.ts";

/** A report being set: where the pen stands, and the pages so far. */
export type Sheet = SheetParts & {
  readonly pages: Canvas[];
  readonly bookmarks: Bookmark[];
  canvas: Canvas;
  /** Where the next thing begins, from the top of the page. */
  y: number;
};

export type SheetParts = {
  readonly document: PDFDocument;
  readonly model: ReportModel;
  readonly voice: ReportVoice;
  readonly theme: Theme;
  readonly typeface: Typeface;
  readonly logo: PDFImage | null;
};

export type Bookmark = { title: string; page: PDFRef; y: number };

export type Section = {
  title: string;
  /** Under the title; '' for none. */
  note: string;
  /** How much of what follows must stand on the same page, in points. */
  keep: number;
  /** A further part of a section has no bookmark of its own. */
  isContinued?: boolean;
};

const RUNNING_HEAD_SIZE = 7.5;
const TITLE_SIZE = 14;
const TITLE_HEIGHT = 24;
const NOTE_SIZE = 8.5;
const NOTE_LEADING = 11.5;
const NOTE_MAX_LINES = 2;
const NOTE_GAP = 9;
const SECTION_GAP = 24;

/** The first page, without a running head: the cover band stands there. */
export function openSheet(parts: SheetParts): Sheet {
  const canvas = createCanvas(parts.document.addPage([PAGE.width, PAGE.height]), parts.typeface);
  return { ...parts, pages: [canvas], bookmarks: [], canvas, y: 0 };
}

/** Hands every page what was drawn on it. */
export function closeSheet({ document, pages }: Sheet): void {
  for (const canvas of pages) closeCanvas(document, canvas);
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

/** A heading with an explanation, kept on one page with the beginning of what follows. */
export function openSection(sheet: Sheet, { title, note, keep, isContinued = false }: Section): void {
  const { typeface } = sheet;
  const measure = { size: NOTE_SIZE, maxWidth: CONTENT_WIDTH, maxLines: NOTE_MAX_LINES };
  const lines = note === "" ? [] : wrapText(typeface.regular, cleanForFont(typeface, note), measure);
  const height = TITLE_HEIGHT + (lines.length === 0 ? 0 : lines.length * NOTE_LEADING + NOTE_GAP);
  if (sheet.y > CONTENT_TOP) sheet.y += SECTION_GAP;
  ensureSpace(sheet, height + keep);
  const { canvas, y } = sheet;
  if (!isContinued) sheet.bookmarks.push({ title, page: canvas.page.ref, y: y - 12 });
  drawText(canvas, title, {
    x: MARGIN,
    y: y + TITLE_SIZE,
    size: TITLE_SIZE,
    weight: "semibold",
    color: COLOR.ink,
    maxWidth: CONTENT_WIDTH,
  });
  for (const [index, line] of lines.entries()) {
    const at = { x: MARGIN, y: y + TITLE_HEIGHT + 6 + index * NOTE_LEADING };
    drawText(canvas, line, { ...at, size: NOTE_SIZE, color: COLOR.ink3 });
  }
  sheet.y = y + height;
}

function drawRunningHead({ canvas, model, voice }: Sheet): void {
  const y = 46;
  const right = voice.formats.range(model.range);
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
