import { channelRowName } from "#rendering/words/names.ts";

import { figureCells, figureHeaders, shareOf } from "#rendering/words/figure-cells.ts";
import type { FigureColumn } from "#rendering/words/figure-cells.ts";
import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import type { TableRow } from "./table-parts.ts";
import { channelColor } from "./theme.ts";

const COLUMNS: readonly FigureColumn[] = ["impressions", "clicks", "visitors", "conversions", "revenue"];
/** Spend belongs to campaigns: where channels have none, three columns of dashes say nothing. */
const WITH_SPEND: readonly FigureColumn[] = [...COLUMNS, "spend", "roas"];

/** Where the visitors came from and what they brought. */
export function drawChannelTable(sheet: Sheet): void {
  const { model, voice } = sheet;
  if (model.channels === null) return;
  const { words } = voice;
  const { rows, totals } = model.channels;
  const columns = rows.some((row) => row.spendMinor !== null) ? WITH_SPEND : COLUMNS;
  const drawn = rows.map((row): TableRow => ({
    cells: [channelRowName(row, words), ...figureCells(row, columns, voice)],
    share: shareOf(row.revenueMinor, totals.revenueMinor),
    ...(row.kind === "group" ? { dot: channelColor(row.channel) } : { isMuted: true }),
  }));
  openSection(sheet, { ...words.sections.channels, keep: tableStartHeight(sheet, drawn) });
  drawTable(sheet, {
    columns: [{ header: words.columns.channel, align: "left" }, ...figureHeaders(columns, words)],
    rows: drawn,
    totals: { cells: [words.rows.total, ...figureCells(totals, columns, voice)] },
    shareColumn: columns.indexOf("revenue") + 1,
    emptyText: words.tables.noVisitors,
  });
}
