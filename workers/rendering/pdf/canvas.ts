import { PDFName } from "pdf-lib";
import type { PDFDocument, PDFImage, PDFPage, PDFRef, RGB } from "pdf-lib";

import { cleanForFont } from "./clean-text.ts";
import { shapeText } from "./shape-text.ts";
import { writeShaped } from "./shaped-text.ts";
import { ellipsize, plainCodes, textWidth } from "./text-width.ts";
import { PAGE } from "./theme.ts";
import type { Face, Typeface, Weight } from "./typeface.ts";

/**
 * One page to draw on, y from the top. It writes the operators itself, as text: pdf-lib's own calls lay out each text
 * anew and add a font resource each time, and a table has thousands.
 */
export type Canvas = {
  readonly page: PDFPage;
  readonly typeface: Typeface;
  readonly operators: string[];
  /** What was set last and need not be set again. */
  readonly pen: Pen;
};

type Pen = { fill: string; stroke: string; lineStyle: string; font: string; tracking: number };

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

/** Distance of a quarter circle's control points, as part of its radius. */
const KAPPA = 0.5523;

export function createCanvas(page: PDFPage, typeface: Typeface): Canvas {
  // Lines end and meet round; dashes alone end flat.
  const pen = { fill: "", stroke: "", lineStyle: "", font: "", tracking: 0 };
  return { page, typeface, operators: ["1 j"], pen };
}

/** Hands the page what was drawn; nothing may be drawn afterwards. */
export function closeCanvas(document: PDFDocument, { page, operators }: Canvas): void {
  const stream = document.context.flateStream(operators.join("\n"));
  page.node.set(PDFName.of("Contents"), document.context.register(stream));
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
  setFill(canvas, color);
  const { operators, pen } = canvas;
  if (tracking !== pen.tracking) {
    operators.push(`${number(tracking)} Tc`);
    pen.tracking = tracking;
  }
  operators.push(`BT 1 0 0 1 ${number(options.x - shift)} ${number(PAGE.height - options.y)} Tm`);
  showText(canvas, face, { text: shown, size });
  operators.push("ET");
  return width;
}

function showText(canvas: Canvas, face: Face, { text, size }: { text: string; size: number }): void {
  const { operators } = canvas;
  const codes = plainCodes(face, text);
  if (codes !== null) {
    setFont(canvas, face, size);
    operators.push(`<${codes}> Tj`);
    return;
  }
  for (const run of shapeText(face, text)) {
    setFont(canvas, run, size);
    operators.push(writeShaped(run, size));
  }
}

/** The width that `drawText` would take, for what must be placed from the right but read from the left. */
export function measureText(
  { typeface }: Canvas,
  text: string,
  style: { size: number; weight?: Weight },
): number {
  return textWidth(typeface[style.weight ?? "regular"], cleanForFont(typeface, text), style.size);
}

export function fillBox(canvas: Canvas, { x, y, width, height }: Box, color: RGB): void {
  setFill(canvas, color);
  const bottom = number(PAGE.height - y - height);
  canvas.operators.push(`${number(x)} ${bottom} ${number(width)} ${number(height)} re f`);
}

export function fillRoundedBox(canvas: Canvas, box: Box & { radius: number }, color: RGB): void {
  setFill(canvas, color);
  canvas.operators.push(roundedPath(box), "f");
}

export function strokeRoundedBox(
  canvas: Canvas,
  box: Box & { radius: number },
  options: StrokeOptions,
): void {
  setStroke(canvas, options);
  canvas.operators.push(roundedPath(box), "S");
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
  setStroke(canvas, options);
  canvas.operators.push(`${openPath(points)} S`);
}

/** The area that the points go round; fewer than three draw nothing. */
export function fillPolygon(canvas: Canvas, points: readonly Point[], color: RGB): void {
  if (points.length < 3) return;
  setFill(canvas, color);
  canvas.operators.push(`${openPath(points)} h f`);
}

export function drawImage(canvas: Canvas, image: PDFImage, { x, y, width, height }: Box): void {
  const name = canvas.page.node.newXObject("Image", image.ref);
  const bottom = number(PAGE.height - y - height);
  const matrix = `${number(width)} 0 0 ${number(height)} ${number(x)} ${bottom} cm`;
  canvas.operators.push(`q ${matrix} ${name.toString()} Do Q`);
}

function openPath(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => `${number(x)} ${number(PAGE.height - y)} ${index === 0 ? "m" : "l"}`)
    .join(" ");
}

function roundedPath({ x, y, width, height, radius }: Box & { radius: number }): string {
  const r = Math.max(0, Math.min(radius, width / 2, height / 2));
  const c = r * (1 - KAPPA);
  const [left, right] = [x, x + width];
  const [top, bottom] = [PAGE.height - y, PAGE.height - y - height];
  const curve = (...values: readonly number[]): string => `${values.map(number).join(" ")} c`;
  const line = (toX: number, toY: number): string => `${number(toX)} ${number(toY)} l`;
  return [
    `${number(left + r)} ${number(top)} m`,
    line(right - r, top),
    curve(right - c, top, right, top - c, right, top - r),
    line(right, bottom + r),
    curve(right, bottom + c, right - c, bottom, right - r, bottom),
    line(left + r, bottom),
    curve(left + c, bottom, left, bottom + c, left, bottom + r),
    line(left, top - r),
    curve(left, top - c, left + c, top, left + r, top),
    "h",
  ].join(" ");
}

type FontResource = { readonly resource: string; readonly ref: PDFRef };

function setFont(canvas: Canvas, { resource, ref }: FontResource, size: number): void {
  const font = `/${resource} ${number(size)} Tf`;
  if (font === canvas.pen.font) return;
  canvas.pen.font = font;
  canvas.page.node.setFontDictionary(PDFName.of(resource), ref);
  canvas.operators.push(font);
}

function setFill(canvas: Canvas, color: RGB): void {
  const fill = `${colorText(color)} rg`;
  if (fill === canvas.pen.fill) return;
  canvas.pen.fill = fill;
  canvas.operators.push(fill);
}

function setStroke(canvas: Canvas, { color, width, dash }: StrokeOptions): void {
  const stroke = `${colorText(color)} RG`;
  if (stroke !== canvas.pen.stroke) canvas.operators.push(stroke);
  const pattern = dash === undefined ? "1 J [] 0 d" : `0 J [${dash.map(number).join(" ")}] 0 d`;
  const lineStyle = `${number(width)} w ${pattern}`;
  if (lineStyle !== canvas.pen.lineStyle) canvas.operators.push(lineStyle);
  canvas.pen.stroke = stroke;
  canvas.pen.lineStyle = lineStyle;
}

function colorText({ red, green, blue }: RGB): string {
  return `${shade(red)} ${shade(green)} ${shade(blue)}`;
}

/** A thousandth is finer than the 256 steps of a screen. */
function shade(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** A hundredth of a point is finer than any printer, and shorter to write. Never "1e-7", which no reader knows. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}
