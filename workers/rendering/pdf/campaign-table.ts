import type { ReportCampaignRow, ReportFigures } from "#core/report/report-tables.ts";
import {
  CAMPAIGN_COLUMNS,
  campaignIntervalText,
  campaignLegend,
  isEarnedColumn,
} from "#rendering/words/campaign-columns.ts";
import { campaignRowName } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

import { figureCells, figureHeaders, shareOf } from "#rendering/words/figure-cells.ts";
import type { FigureColumn } from "#rendering/words/figure-cells.ts";
import { drawMoneyTable } from "./money-table.ts";
import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import type { TableRow } from "./table-parts.ts";
import { COLOR, channelColor } from "./theme.ts";

/** A summary names the largest; all stand in the other files. */
const SUMMARY_ROWS = 6;

/** Spend first: a campaign that cost money stays, also without conversions. */
export function drawCampaigns(sheet: Sheet): void {
  const { model, voice } = sheet;
  if (model.campaigns === null) return;
  const { words } = voice;
  const { rows, totals } = model.campaigns;
  const columns = CAMPAIGN_COLUMNS[model.kind];
  const isSummary = model.kind === "executive-summary";
  // One row more says no less than "and 1 more".
  const isCut = isSummary && rows.length > SUMMARY_ROWS + 1;
  const shown = (isCut ? rows.slice(0, SUMMARY_ROWS) : rows).map((row) =>
    isSummary ? { ...row, conversionsInterval: null, revenueInterval: null } : row,
  );
  const drawn = [
    ...shown.map((row) => campaignRow(row, { columns, totals, voice })),
    ...(isCut ? [restRow(rows.slice(SUMMARY_ROWS), columns, voice)] : []),
  ];
  openSection(sheet, { ...words.sections.campaigns, keep: tableStartHeight(sheet, drawn) });
  drawTable(sheet, {
    columns: [{ header: words.columns.campaign, align: "left" }, ...figureHeaders(columns, words)],
    rows: drawn,
    totals: { cells: [words.rows.total, ...figureCells(totals, columns, voice)] },
    shareColumn: columns.indexOf("revenue") + 1,
    emptyText: words.tables.noCampaigns,
    legend: campaignLegend(shown, voice),
  });
  drawMoneyTable(sheet, rows);
}

type RowFacts = { columns: readonly FigureColumn[]; totals: ReportFigures; voice: ReportVoice };

function campaignRow(row: ReportCampaignRow, { columns, totals, voice }: RowFacts): TableRow {
  const notes = [null, ...columns.map((column) => campaignIntervalText(row, column, voice))];
  const weak = row.tooFew ? columns.map((column) => (isEarnedColumn(column) ? COLOR.weak : null)) : [];
  return {
    cells: [campaignRowName(row, voice.words), ...figureCells(row, columns, voice)],
    colors: [null, ...weak],
    share: shareOf(row.revenueMinor, totals.revenueMinor),
    ...(notes.some((note) => note !== null) ? { notes } : {}),
    ...(row.channel === null ? { isMuted: row.kind !== "group" } : { dot: channelColor(row.channel) }),
  };
}

function restRow(
  rows: readonly ReportCampaignRow[],
  columns: readonly FigureColumn[],
  voice: ReportVoice,
): TableRow {
  const { words, formats } = voice;
  const name = words.tables.andMore(rows.length, formats.count(rows.length));
  return { cells: [name, ...figureCells(sumOf(rows), columns, voice)], isMuted: true };
}

function sumOf(rows: readonly ReportFigures[]): ReportFigures {
  const sum = (pick: (row: ReportFigures) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const isSpent = rows.some((row) => row.spendMinor !== null);
  return {
    visitors: sum((row) => row.visitors),
    clicks: sum((row) => row.clicks),
    impressions: sum((row) => row.impressions),
    conversions: sum((row) => row.conversions),
    revenueMinor: sum((row) => row.revenueMinor),
    spendMinor: isSpent ? sum((row) => row.spendMinor ?? 0) : null,
  };
}
