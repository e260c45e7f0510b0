import fontkit from "@pdf-lib/fontkit";
import { PDFDocument } from "pdf-lib";

import type { ReportFonts } from "#rendering/render-pdf.ts";

/** Every text of a page, in the order in which it stands. */
export type BarePage = readonly { text: string; isStrong: boolean }[];

const LINES = 64;

/** The same texts, each drawn with one call of the library in the same two fonts, and nothing else. */
export async function barePdf(pages: readonly BarePage[], fonts: ReportFonts): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const regular = await document.embedFont(fonts.regular, { subset: true });
  const semibold = await document.embedFont(fonts.semibold, { subset: true });
  for (const texts of pages) {
    const page = document.addPage();
    for (const [index, { text, isStrong }] of texts.entries()) {
      const at = { x: 40 + Math.floor(index / LINES) * 60, y: 800 - (index % LINES) * 12 };
      page.drawText(text, { ...at, size: 8.5, font: isStrong ? semibold : regular });
    }
  }
  return await document.save();
}
