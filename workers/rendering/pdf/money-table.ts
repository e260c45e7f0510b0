import type { ReportCampaignRow } from "#core/report/report-tables.ts";
import { moneyCells, moneyColumnsOf } from "#rendering/words/money-columns.ts";
import { campaignRowName } from "#rendering/words/names.ts";

import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import type { TableRow } from "./table-parts.ts";
import { channelColor } from "./theme.ts";

/** Of an ROI report: what is left of each campaign's revenue, when it was paid back, and how its budget goes. */
export function drawMoneyTable(sheet: Sheet, rows: readonly ReportCampaignRow[]): void {
  const { voice } = sheet;
  const { words } = voice;
  const known = rows.flatMap((row) => (row.money === null ? [] : [{ row, money: row.money }]));
  const columns = moneyColumnsOf(known.map(({ money }) => money));
  if (columns.length === 0) return;
  const drawn = known.map(({ row, money }): TableRow => {
    const cells = moneyCells(money, columns, voice);
    const name = campaignRowName(row, words);
    return { cells: [name, ...cells], ...(row.channel === null ? {} : { dot: channelColor(row.channel) }) };
  });
  openSection(sheet, { ...words.tables.money, keep: tableStartHeight(sheet, drawn) });
  drawTable(sheet, {
    columns: [
      { header: words.columns.campaign, align: "left" },
      ...columns.map(({ header }) => ({ header: words.columns[header], align: "right" }) as const),
    ],
    rows: drawn,
    totals: null,
    emptyText: words.tables.noCampaigns,
  });
}
