import type { ReportModel, ReportSection } from "#core/report/report-model.ts";

import { reportVoice } from "./words/report-voice.ts";
import type { ReportVoice } from "./words/report-voice.ts";
import { currencyFormatCode } from "./xlsx/currency-format-code.ts";
import type { Sheet } from "./xlsx/sheet.ts";
import { sheetNames } from "./xlsx/sheet-names.ts";
import { campaignSheet } from "./xlsx/sheets/campaign-sheet.ts";
import { channelSheet, daySheet, siteSheet } from "./xlsx/sheets/figure-sheets.ts";
import { howComputedSheet, rateSheet } from "./xlsx/sheets/how-computed-sheets.ts";
import { attributionSheet, journeyLengthSheet, journeySheet } from "./xlsx/sheets/journey-sheets.ts";
import { summarySheet } from "./xlsx/sheets/summary-sheet.ts";
import { writeWorkbook } from "./xlsx/write-workbook.ts";

const OWN_ACCENT = "#0d7474";

/**
 * The report as a workbook: a sheet for each section, in the report's language, with numbers as numbers, days as dates and
 * amounts in their currency. Totals are values; that their rows add up to them is checked here, and throws when not.
 */
export async function renderXlsx(model: ReportModel): Promise<Uint8Array<ArrayBuffer>> {
  const voice = reportVoice(model);
  const sheets = [
    summarySheet(model, voice),
    ...model.sections.flatMap((section) => sheetsOf(section, model, voice)),
    ...(model.howComputed.rates.length === 0 ? [] : [rateSheet(model.howComputed.rates, voice.words)]),
    howComputedSheet(model, voice),
  ];
  return await writeWorkbook(sheetNames(sheets), {
    title: model.title,
    madeAt: new Date(Date.parse(model.generatedAt) || 0),
    currency: model.currency,
    currencyFormat: currencyFormatCode(voice.formats.locale, model.currency),
    accent: model.branding.accent ?? OWN_ACCENT,
  });
}

function sheetsOf(section: ReportSection, model: ReportModel, { words }: ReportVoice): Sheet[] {
  switch (section) {
    case "kpis":
      // They stand on the first sheet.
      return [];
    case "chart":
      return [daySheet(model, words)];
    case "sites":
      return ifAsked(model.sites, (sites) => [siteSheet(sites, model, words)]);
    case "channels":
      return ifAsked(model.channels, (channels) => [channelSheet(channels, model, words)]);
    case "campaigns":
      return ifAsked(model.campaigns, (campaigns) => [campaignSheet(campaigns, model, words)]);
    case "attribution":
      return ifAsked(model.attribution, (attribution) => [attributionSheet(attribution, words)]);
    case "journeys":
      return ifAsked(model.journeys, (journeys) => [
        journeySheet(journeys, words),
        journeyLengthSheet(journeys, words),
      ]);
  }
}

function ifAsked<T>(section: T | null, toSheets: (section: T) => Sheet[]): Sheet[] {
  return section === null ? [] : toSheets(section);
}
