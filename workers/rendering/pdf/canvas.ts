import {
  appendBezierCurve,
  beginText,
  closePath,
  endText,
  fill,
  lineTo,
  moveTo,
  rectangle,
  restoreDashPattern,
  setDashPattern,
  setFillingRgbColor,
  setFontAndSize,
  setLineCap,
  setLineJoin,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  setCharacterSpacing,
  showText,
  stroke,
} from "pdf-lib";
import type { PDFName, PDFOperator, PDFPage, RGB } from "pdf-lib";

import { PAGE } from "./theme.ts";
import { cleanForFont, ellipsize, textWidth } from "./typeface.ts";
import type { Typeface, Weight } from "./typeface.ts";

/**
 * One page to draw on, y from the top. It writes operators itself: `PDFPage.drawText` would add a font resource for
 * each call, and a table has thousands.
 */
export type Canvas = {
  readonly page: PDFPage;
  readonly typeface: Typeface;
  readonly fontNames: { readonly [weight in Weight]: PDFName };
};

export type Point = { x: number; y: number };
export type Box = Point & { width: number; height: number };
export type TextOptions = Point & {
  size: number;
  color: RGB;
  weight?: Weight;
  align?: "left" | "right" | "center";
  /** Cut with "…" beyond this width. */
  maxWidth?: number;
  /** Extra space between letters, in points. */
  tracking?: number;
};
export type StrokeOptions = { color: RGB; width: number; dash?: readonly number[] };

const ROUND = 1;
/** Distance of a quarter circle's control points, as part of its radius. */
const KAPPA = 0.5523;

export function createCanvas(page: PDFPage, typeface: Typeface): Canvas {
  const name = (weight: Weight): PDFName =>
    page.node.newFontDictionary(typeface[weight].font.name, typeface[weight].font.ref);
  return { page, typeface, fontNames: { regular: name("regular"), semibold: name("semibold") } };
}

/** Writes one line with its baseline at `y`; answers the width it took. */
export function drawText(canvas: Canvas, text: string, options: TextOptions): number {
  const { size, color, weight = "regular", align = "left", maxWidth, tracking = 0 } = options;
  const face = canvas.typeface[weight];
  const clean = cleanForFont(canvas.typeface, text);
  const shown = maxWidth === undefined ? clean : ellipsize(face, clean, { size, maxWidth });
  if (shown === "") return 0;
  const width = textWidth(face, shown, size) + tracking * (shown.length - 1);
  const shift = align === "left" ? 0 : align === "right" ? width : width / 2;
  draw(canvas, [
    beginText(),
    setFillingRgbColor(color.red, color.green, color.blue),
    setFontAndSize(canvas.fontNames[weight], size),
    setCharacterSpacing(tracking),
    setTextMatrix(1, 0, 0, 1, round(options.x - shift), round(PAGE.height - options.y)),
    showText(face.font.encodeText(shown)),
    endText(),
  ]);
  return width;
}

/** The width that `drawText` would take, for what must be placed from the right but read from the left. */
export function measureText(
  { typeface }: Canvas,
  text: string,
  style: { size: number; weight?: Weight },
): number {
  return textWidth(typeface[style.weight ?? "regular"], cleanForFont(typeface, text), style.size);
}

export function fillBox(canvas: Canvas, box: Box, color: RGB): void {
  draw(canvas, [
    setFillingRgbColor(color.red, color.green, color.blue),
    rectangle(round(box.x), round(PAGE.height - box.y - box.height), round(box.width), round(box.height)),
    fill(),
  ]);
}

export function fillRoundedBox(canvas: Canvas, box: Box & { radius: number }, color: RGB): void {
  draw(canvas, [setFillingRgbColor(color.red, color.green, color.blue), ...roundedPath(box), fill()]);
}

export function strokeRoundedBox(
  canvas: Canvas,
  box: Box & { radius: number },
  options: StrokeOptions,
): void {
  draw(canvas, [...strokeStyle(options), ...roundedPath(box), stroke()]);
}

export function fillCircle(canvas: Canvas, center: Point & { radius: number }, color: RGB): void {
  const { x, y, radius } = center;
  fillRoundedBox(
    canvas,
    { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius, radius },
    color,
  );
}

/** A line through the points; fewer than two draw nothing. */
export function strokeLine(canvas: Canvas, points: readonly Point[], options: StrokeOptions): void {
  if (points.length < 2) return;
  const path = points.map(({ x, y }, index) =>
    (index === 0 ? moveTo : lineTo)(round(x), round(PAGE.height - y)),
  );
  draw(canvas, [...strokeStyle(options), ...path, stroke(), restoreDashPattern()]);
}

function roundedPath({ x, y, width, height, radius }: Box & { radius: number }): PDFOperator[] {
  const r = Math.max(0, Math.min(radius, width / 2, height / 2));
  const left = round(x);
  const right = round(x + width);
  const top = round(PAGE.height - y);
  const bottom = round(PAGE.height - y - height);
  const c = r * (1 - KAPPA);
  return [
    moveTo(left + r, top),
    lineTo(right - r, top),
    appendBezierCurve(right - c, top, right, top - c, right, top - r),
    lineTo(right, bottom + r),
    appendBezierCurve(right, bottom + c, right - c, bottom, right - r, bottom),
    lineTo(left + r, bottom),
    appendBezierCurve(left + c, bottom, left, bottom + c, left, bottom + r),
    lineTo(left, top - r),
    appendBezierCurve(left, top - c, left + c, top, left + r, top),
    closePath(),
  ];
}

function strokeStyle({ color, width, dash }: StrokeOptions): PDFOperator[] {
  return [
    setStrokingRgbColor(color.red, color.green, color.blue),
    setLineWidth(width),
    setLineCap(dash === undefined ? ROUND : 0),
    setLineJoin(ROUND),
    ...(dash === undefined ? [] : [setDashPattern([...dash], 0)]),
  ];
}

function draw(canvas: Canvas, operators: PDFOperator[]): void {
  canvas.page.pushOperators(...operators);
}

/** A hundredth of a point is finer than any printer, and shorter to write. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
