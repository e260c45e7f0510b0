import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportCampaignRow, ReportCampaigns, ReportFigures } from "#core/report/report-tables.ts";
import { rowRatios } from "#core/report/row-ratios.ts";
import { campaignRowName, channelName } from "#rendering/words/names.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";
import { checkedTotals } from "#rendering/xlsx/checked-totals.ts";
import type { CellValue, Sheet, SheetColumn } from "#rendering/xlsx/sheet.ts";

import {
  conversionsFormat,
  emptyCells,
  figureCells,
  figureColumns,
  intervalCells,
  intervalColumns,
  nameColumn,
  numberColumn,
} from "./columns.ts";

/** A row for each campaign, with what its money brought and how far that can be trusted. */
export function campaignSheet(
  campaigns: ReportCampaigns,
  { howComputed }: ReportModel,
  words: ReportWords,
): Sheet {
  const totals = checkedTotals("campaigns", campaigns, howComputed.model);
  const { rows } = campaigns;
  const { columns } = words;
  const conversions = conversionsFormat(rows);
  const hasMoney = rows.some(({ money }) => money !== null);
  const extra = hasMoney ? moneyColumns(words) : [];
  const names = rows.map((row) => campaignRowName(row, words));
  const intervals = [
    ...intervalColumns(columns.conversions, words, conversions),
    ...intervalColumns(columns.revenue, words, "money"),
  ];
  return {
    name: words.sections.campaigns.title,
    lead: [],
    columns: [
      nameColumn(columns.campaign, names),
      nameColumn(columns.channel, Object.values(words.channels)),
      ...figureColumns(words, conversions),
      numberColumn(columns.roas, "ratio"),
      numberColumn(columns.roi, "percent"),
      numberColumn(columns.cpa, "money"),
      ...extra,
      ...intervals,
      nameColumn(words.howComputed.terms.note, []),
    ],
    rowCount: rows.length,
    rows: campaignRows(rows, words, hasMoney),
    totals: {
      cells: [
        words.rows.total,
        null,
        ...figureCells(totals),
        ...returnCells(totals),
        ...emptyCells(extra.length + intervals.length + 1),
      ],
    },
  };
}

function* campaignRows(rows: readonly ReportCampaignRow[], words: ReportWords, hasMoney: boolean) {
  for (const row of rows) {
    yield {
      cells: [
        campaignRowName(row, words),
        row.channel === null ? null : channelName(row.channel, words),
        ...figureCells(row),
        ...returnCells(row),
        ...(hasMoney ? moneyCells(row) : []),
        ...intervalCells(row.conversionsInterval),
        ...intervalCells(row.revenueInterval),
        row.tooFew ? words.verdicts.too_few : null,
      ],
      look: row.tooFew ? ("weak" as const) : ("body" as const),
    };
  }
}

/** ROAS, ROI and CPA; empty where there is no base. */
function returnCells(figures: ReportFigures): CellValue[] {
  const { roas, roi, cpa } = rowRatios(figures);
  return [roas, roi, cpa];
}

function moneyColumns({ kpis, columns }: ReportWords): SheetColumn[] {
  return [
    numberColumn(kpis.grossProfit, "money"),
    numberColumn(kpis.roiWithMargin, "percent"),
    numberColumn(kpis.breakEvenCpa, "money"),
    numberColumn(kpis.paybackDays, "days"),
    numberColumn(columns.budgetSpent, "percent"),
    numberColumn(columns.pace, "credit"),
  ];
}

function moneyCells({ money }: ReportCampaignRow): CellValue[] {
  if (money === null) return emptyCells(6);
  const { grossProfitMinor, roiWithMargin, breakEvenCpaMinor, paybackDays, budgetSpent, pace } = money;
  return [grossProfitMinor, roiWithMargin, breakEvenCpaMinor, paybackDays, budgetSpent, pace];
}
