import type { ReportChannelFigures } from "#core/report/report-model.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";

import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import { channelColor } from "./theme.ts";

const REVENUE_COLUMN = 5;

/** Where the visitors came from and what they brought. */
export function drawChannelTable(sheet: Sheet): void {
  const { rows, totals } = sheet.model.channels;
  openSection(sheet, {
    title: "Channels",
    note: "Where visitors came from and what they brought. A visitor of two channels counts once in the total.",
    keep: tableStartHeight(rows.length),
  });
  drawTable(sheet, {
    columns: [
      { header: "Channel", align: "left" },
      { header: "Impressions", align: "right" },
      { header: "Clicks", align: "right" },
      { header: "Visitors", align: "right" },
      { header: "Conversions", align: "right" },
      { header: "Revenue", align: "right" },
      { header: "Spend", align: "right" },
      { header: "ROAS", align: "right" },
    ],
    rows: rows.map((row) => ({
      cells: [row.label, ...figureCells(row, sheet.formats)],
      dot: channelColor(row.channel),
      share: totals.revenueMinor > 0 ? row.revenueMinor / totals.revenueMinor : 0,
    })),
    totals: ["Total", ...figureCells(totals, sheet.formats)],
    shareColumn: REVENUE_COLUMN,
    emptyText: "No visitors in these days.",
  });
}

function figureCells(figures: ReportChannelFigures, formats: ReportFormats): string[] {
  const { spendMinor } = figures;
  return [
    formats.count(figures.impressions),
    formats.count(figures.clicks),
    formats.count(figures.visitors),
    formats.credit(figures.conversions),
    formats.money(figures.revenueMinor),
    spendMinor === null ? NO_VALUE : formats.money(spendMinor),
    spendMinor === null || spendMinor === 0 ? NO_VALUE : formats.ratio(figures.revenueMinor / spendMinor),
  ];
}
