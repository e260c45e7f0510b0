import type { ReportSiteRow } from "#core/report/report-tables.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import { amountChange } from "#rendering/words/kpi-words.ts";
import type { KpiChange } from "#rendering/words/kpi-words.ts";

import { figureCells, figureHeaders, shareOf } from "#rendering/words/figure-cells.ts";
import type { FigureColumn } from "#rendering/words/figure-cells.ts";
import { TONE_COLOR } from "./kpi-tiles.ts";
import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import type { TableRow } from "./table-parts.ts";

const COLUMNS: readonly FigureColumn[] = ["visitors", "conversions", "revenue"];
const AFTER_CHANGE: readonly FigureColumn[] = ["spend", "roas"];
const MONEY: ReadonlySet<FigureColumn> = new Set(["revenue", "spend", "roas"]);

/** What each site of the account brought, and how that changed. */
export function drawSiteTable(sheet: Sheet): void {
  const { model, voice } = sheet;
  if (model.sites === null) return;
  const { words } = voice;
  const { rows, totals } = model.sites;
  const drawn = rows.map((row) => siteRow(sheet, row, totals.revenueMinor));
  const change = model.comparison === null ? [] : [{ header: words.columns.change, align: "right" } as const];
  const before = model.headline.previousRevenueMinor;
  const total = amountChange(totals.revenueMinor, before, voice);
  openSection(sheet, { ...words.sections.sites, keep: tableStartHeight(sheet, drawn) });
  drawTable(sheet, {
    columns: [
      { header: words.columns.site, align: "left" },
      ...figureHeaders(COLUMNS, words),
      ...change,
      ...figureHeaders(AFTER_CHANGE, words),
    ],
    rows: drawn,
    totals: {
      cells: [
        words.rows.total,
        ...figureCells(totals, COLUMNS, voice),
        ...(model.comparison === null ? [] : [changeText(total)]),
        ...figureCells(totals, AFTER_CHANGE, voice),
      ],
    },
    shareColumn: COLUMNS.indexOf("revenue") + 1,
    emptyText: words.tables.noSites,
  });
}

function siteRow({ model, voice }: Sheet, row: ReportSiteRow, totalMinor: number): TableRow {
  const { words } = voice;
  const isLeftOut = row.leftOutCurrency !== null;
  const write = (columns: readonly FigureColumn[]): string[] =>
    figureCells(row, columns, voice).map((text, index) => {
      const column = columns[index];
      return isLeftOut && column !== undefined && MONEY.has(column) ? NO_VALUE : text;
    });
  const change = isLeftOut ? null : amountChange(row.revenueMinor, row.previousRevenueMinor, voice);
  const hasChange = model.comparison !== null;
  const before = [row.name, ...write(COLUMNS)];
  return {
    cells: [...before, ...(hasChange ? [changeText(change)] : []), ...write(AFTER_CHANGE)],
    colors: [...before.map(() => null), change === null ? null : TONE_COLOR[change.tone]],
    share: shareOf(row.revenueMinor, totalMinor),
    ...(row.leftOutCurrency === null ? {} : { notes: [words.tables.leftOut(row.leftOutCurrency)] }),
  };
}

function changeText(change: KpiChange | null): string {
  return change === null ? NO_VALUE : `${change.arrow} ${change.words}`.trim();
}
