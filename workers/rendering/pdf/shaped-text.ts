import type { PDFRef } from "pdf-lib";

/** A piece of a line in one font, left to right as it stands on the page, its measures in thousandths of the size. */
export type ShapedRun = {
  /** Of the page's fonts. */
  readonly resource: string;
  readonly ref: PDFRef;
  readonly glyphs: readonly ShapedGlyph[];
};

export type ShapedGlyph = {
  /** Four hexadecimal digits. */
  readonly code: string;
  /** How far the font itself moves the pen. */
  readonly width: number;
  readonly advance: number;
  readonly dx: number;
  readonly dy: number;
  /** The letters it stands for, where the font's table cannot say it: one shape may serve several. Null: it can. */
  readonly readAs: string | null;
};

export function shapedWidth(runs: readonly ShapedRun[]): number {
  let width = 0;
  for (const { glyphs } of runs) for (const { advance } of glyphs) width += advance;
  return width;
}

/** The operators that show a run, inside a text object with its font set. */
export function writeShaped({ glyphs }: ShapedRun, size: number): string {
  return glyphs.every(isPlain) ? plainText(glyphs) : placedText(glyphs, size);
}

function isPlain({ width, advance, dx, dy, readAs }: ShapedGlyph): boolean {
  return width === advance && dx === 0 && dy === 0 && readAs === null;
}

function plainText(glyphs: readonly ShapedGlyph[]): string {
  let codes = "";
  for (const { code } of glyphs) codes += code;
  return `<${codes}> Tj`;
}

/** Each glyph shifted by its own offset, the pen put where its advance says. */
function placedText(glyphs: readonly ShapedGlyph[], size: number): string {
  const parts: string[] = [];
  let rise = 0;
  for (const { code, width, advance, dx, dy, readAs } of glyphs) {
    if (dy !== rise) parts.push(`${rounded((dy * size) / 1000)} Ts`);
    rise = dy;
    const before = dx === 0 ? "" : `${rounded(-dx)} `;
    const after = rounded(dx + width - advance);
    const shown = `[${before}<${code}>${after === "0" ? "" : ` ${after}`}] TJ`;
    parts.push(readAs === null ? shown : `/Span <</ActualText <${utf16(readAs)}>>> BDC ${shown} EMC`);
  }
  if (rise !== 0) parts.push("0 Ts");
  return parts.join(" ");
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}

function utf16(text: string): string {
  let units = "FEFF";
  for (let index = 0; index < text.length; index += 1) {
    units += text.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
  }
  return units;
}
