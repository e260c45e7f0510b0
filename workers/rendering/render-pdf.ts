import { PDFDocument } from "pdf-lib";

import type { ReportModel, ReportSection } from "#core/report/report-model.ts";

import { drawAttribution } from "./pdf/attribution-table.ts";
import { drawCampaigns } from "./pdf/campaign-table.ts";
import { drawChannelTable } from "./pdf/channel-table.ts";
import { drawCoverBand } from "./pdf/cover-band.ts";
import { embedLogo } from "./pdf/embed-logo.ts";
import { extrasFor } from "./pdf/extra-fonts.ts";
import { drawHowComputed } from "./pdf/how-computed.ts";
import { drawJourneys } from "./pdf/journeys.ts";
import { drawKpiTiles } from "./pdf/kpi-tiles.ts";
import { drawPageFooters } from "./pdf/page-footers.ts";
import { closeSheet, openSheet } from "./pdf/sheet.ts";
import type { Sheet } from "./pdf/sheet.ts";
import { drawSiteTable } from "./pdf/site-table.ts";
import { drawSummary } from "./pdf/summary.ts";
import { themeOf } from "./pdf/theme.ts";
import { drawTimeChart } from "./pdf/time-chart.ts";
import { createTypeface, embedTypeface } from "./pdf/typeface.ts";
import { writeBookmarks } from "./pdf/write-bookmarks.ts";
import { scopeNames } from "./words/names.ts";
import { reportVoice } from "./words/report-voice.ts";

type FontBytes = ArrayBuffer | Uint8Array;

export type ReportFonts = {
  /** Bytes of `fonts/inter-regular.ttf` and `fonts/inter-semibold.ttf`. */
  regular: FontBytes;
  semibold: FontBytes;
  /** The operator's fonts for other scripts; asked for only when a report has letters that ours lack. */
  loadExtras?: () => Promise<readonly FontBytes[]>;
};

export type PdfParts = {
  fonts: ReportFonts;
  /** Bytes of the PNG or JPEG that `model.branding.logoKey` names; null: Waymark's own sign. */
  logo: Uint8Array | null;
};

export type RenderedPdf = {
  bytes: Uint8Array;
  /** Characters the fonts lack, as "U+1F600"; they stand as "□" and are listed in the report too. */
  replacedGlyphs: string[];
  /** What could not be used and is left out: for the log, as only the account or the operator can mend it. */
  warnings: readonly PdfWarning[];
};

export type PdfWarning = "logo_unreadable" | "font_unreadable";

const DRAW: { readonly [section in ReportSection]: (sheet: Sheet) => void } = {
  kpis: drawKpiTiles,
  chart: drawTimeChart,
  sites: drawSiteTable,
  channels: drawChannelTable,
  campaigns: drawCampaigns,
  attribution: drawAttribution,
  journeys: drawJourneys,
};

/** The report as an A4 PDF: vectors, selectable text, the same bytes for the same model, fonts and logo. */
export async function renderPdf(model: ReportModel, { fonts, logo }: PdfParts): Promise<RenderedPdf> {
  const document = await PDFDocument.create();
  const { regular, semibold } = fonts;
  const typeface = await createTypeface(document, {
    regular,
    semibold,
    extras: await extrasFor(model, fonts),
  });
  const embedded = await embedLogo(document, logo);
  const sheet = openSheet({
    document,
    model,
    voice: reportVoice(model),
    theme: themeOf(model.branding.accent),
    typeface,
    logo: embedded.image,
  });

  drawCoverBand(sheet);
  drawSummary(sheet);
  for (const section of model.sections) DRAW[section](sheet);
  drawHowComputed(sheet);
  drawPageFooters(sheet);
  closeSheet(sheet);
  writeBookmarks(sheet);
  describe(sheet);
  await embedTypeface(typeface);

  const bytes = await document.save();
  const warnings: PdfWarning[] = [
    ...(embedded.isUnreadable ? (["logo_unreadable"] as const) : []),
    ...(typeface.unreadableFonts > 0 ? (["font_unreadable"] as const) : []),
  ];
  return { bytes, replacedGlyphs: [...typeface.replaced], warnings };
}

function describe({ document, model, voice }: Sheet): void {
  const madeAt = new Date(model.generatedAt);
  document.setTitle(model.title, { showInWindowTitleBar: true });
  document.setLanguage(model.language);
  document.setAuthor(model.accountName);
  document.setSubject(`${scopeNames(model, voice.words).join(" · ")}, ${voice.formats.range(model.range)}`);
  document.setCreator("Waymark");
  document.setProducer("Waymark");
  if (Number.isNaN(madeAt.getTime())) return;
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
}
