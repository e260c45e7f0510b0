import type { PDFRef } from "pdf-lib";

/** A piece of a line in one font, left to right as it stands on the page, its measures in thousandths of the size. */
export type ShapedRun = {
  /** Of the page's fonts. */
  readonly resource: string;
  readonly ref: PDFRef;
  readonly glyphs: readonly ShapedGlyph[];
};

export type ShapedText = {
  readonly runs: readonly ShapedRun[];
  /** The letters as they are read, where the glyphs stand in another order; null: as the glyphs stand. */
  readonly readAs: string | null;
};

export type ShapedGlyph = {
  /** Four hexadecimal digits. */
  readonly code: string;
  /** How far the font itself moves the pen. */
  readonly width: number;
  readonly advance: number;
  readonly dx: number;
  readonly dy: number;
};

export function shapedWidth({ runs }: ShapedText): number {
  let width = 0;
  for (const { glyphs } of runs) for (const { advance } of glyphs) width += advance;
  return width;
}

/** The operators that show a run, inside a text object with its font set. */
export function writeShaped({ glyphs }: ShapedRun, size: number): string {
  return glyphs.every(isPlain) ? plainText(glyphs) : placedText(glyphs, size);
}

/** What stands before and after the runs: readers copy and search what ActualText says, not the order of the eye. */
export function spanAround({ readAs }: ShapedText): { begin: string[]; end: string[] } {
  if (readAs === null) return { begin: [], end: [] };
  return { begin: [`/Span <</ActualText <${utf16(readAs)}>>> BDC`], end: ["EMC"] };
}

function isPlain({ width, advance, dx, dy }: ShapedGlyph): boolean {
  return width === advance && dx === 0 && dy === 0;
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
  for (const { code, width, advance, dx, dy } of glyphs) {
    if (dy !== rise) parts.push(`${rounded((dy * size) / 1000)} Ts`);
    rise = dy;
    const before = dx === 0 ? "" : `${rounded(-dx)} `;
    const after = rounded(dx + width - advance);
    parts.push(`[${before}<${code}>${after === "0" ? "" : ` ${after}`}] TJ`);
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
