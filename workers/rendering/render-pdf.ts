import fontkit from "@pdf-lib/fontkit";
import { PDFDocument } from "pdf-lib";

import type { ReportModel } from "#core/report/report-model.ts";

import { reportFormats } from "./format/report-formats.ts";
import { drawAttributionTable } from "./pdf/attribution-table.ts";
import { drawChannelTable } from "./pdf/channel-table.ts";
import { drawCoverBand } from "./pdf/cover-band.ts";
import { drawHowComputed } from "./pdf/how-computed.ts";
import { drawKpiTiles } from "./pdf/kpi-tiles.ts";
import { drawPageFooters } from "./pdf/page-footers.ts";
import { openSheet } from "./pdf/sheet.ts";
import type { Sheet } from "./pdf/sheet.ts";
import { drawSummary } from "./pdf/summary.ts";
import { drawTimeChart } from "./pdf/time-chart.ts";
import { createTypeface } from "./pdf/typeface.ts";
import { writeBookmarks } from "./pdf/write-bookmarks.ts";

/** Bytes of `fonts/inter-regular.ttf` and `fonts/inter-semibold.ttf`. */
export type ReportFonts = { regular: ArrayBuffer | Uint8Array; semibold: ArrayBuffer | Uint8Array };

export type RenderedPdf = {
  bytes: Uint8Array;
  /** Characters the font lacks, as "U+1F600"; they stand as "□" and are listed in the report too. */
  replacedGlyphs: string[];
};

/** The report as an A4 PDF: vectors, selectable text, the same bytes for the same model. */
export async function renderPdf(model: ReportModel, fonts: ReportFonts): Promise<RenderedPdf> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  // Names of our own keep pdf-lib from adding a random prefix.
  const regular = await document.embedFont(fonts.regular, {
    subset: true,
    customName: "WAYMRK+Inter-Regular",
  });
  const semibold = await document.embedFont(fonts.semibold, {
    subset: true,
    customName: "WAYMRK+Inter-SemiBold",
  });
  const typeface = createTypeface(regular, semibold);
  const formats = reportFormats({ currency: model.currency, timeZone: model.range.timeZone });
  const sheet = openSheet({ document, model, formats, typeface });

  drawCoverBand(sheet);
  drawSummary(sheet);
  drawKpiTiles(sheet);
  drawTimeChart(sheet);
  drawChannelTable(sheet);
  drawAttributionTable(sheet);
  drawHowComputed(sheet);
  drawPageFooters(sheet);
  writeBookmarks(sheet);
  describe(sheet);

  const bytes = await document.save();
  return { bytes, replacedGlyphs: [...typeface.replaced] };
}

function describe({ document, model, formats }: Sheet): void {
  const madeAt = new Date(model.generatedAt);
  document.setTitle(model.title, { showInWindowTitleBar: true });
  document.setLanguage("en-GB");
  document.setAuthor("Waymark");
  document.setSubject(`${model.campaignName ?? model.siteName}, ${formats.range(model.range)}`);
  document.setCreator("Waymark");
  document.setProducer("Waymark");
  if (Number.isNaN(madeAt.getTime())) return;
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
}
