import type { ReportDay, ReportKpi, ReportModel } from "#core/report/report-model.ts";
import { rowRatios } from "#core/report/row-ratios.ts";
import type {
  ReportCampaignRow,
  ReportCampaigns,
  ReportChannels,
  ReportSites,
} from "#core/report/report-tables.ts";
import type { CsvCell } from "#core/text/csv-line.ts";

import {
  asIs,
  FIGURE_HEADER,
  figureCells,
  intervalCells,
  KIND_NAMES,
  moneyCell,
  SUBJECT_HEADER,
  subjectCells,
} from "./csv-cells.ts";
import type { MoneyCell } from "./csv-cells.ts";
import type { CsvTable } from "./csv-text.ts";

/** A line for each figure; `value` and its neighbours are in `unit`, money in major units. */
export function kpiTable({ kpis, currency }: ReportModel): CsvTable {
  const money = moneyCell(currency);
  return {
    header: [
      "figure",
      "unit",
      "currency",
      "value",
      "low_95",
      "high_95",
      "previous",
      "too_few",
      "no_value_because",
    ],
    rows: kpis.map((kpi) => {
      const write = kpi.unit === "money" ? money : asIs;
      return [
        kpi.key,
        kpi.unit,
        kpi.unit === "money" ? currency : null,
        orEmpty(kpi.value, write),
        ...intervalCells(kpi.interval, write),
        orEmpty(kpi.previous, write),
        yesNo(kpi.tooFew),
        kpi.reason,
      ];
    }),
  };
}

const DAY_HEADER = ["day", ...FIGURE_HEADER];

/** A line for each day, oldest first, with the day it is compared with beside it. */
export function dayTable(model: ReportModel): CsvTable {
  const { days, comparisonDays, currency } = model;
  const money = moneyCell(currency);
  const subject = subjectCells(model);
  const compared = comparisonDays === null ? [] : DAY_HEADER.map((name) => `previous_${name}`);
  const length = Math.max(days.length, comparisonDays?.length ?? 0);
  return {
    header: ["day", ...SUBJECT_HEADER, ...FIGURE_HEADER, "currency", ...compared],
    rows: Array.from({ length }, (_, index) => {
      const [day = null, ...figures] = dayCells(days[index], money);
      const previous = comparisonDays === null ? [] : dayCells(comparisonDays[index], money);
      return [day, ...subject, ...figures, currency, ...previous];
    }),
  };
}

function dayCells(day: ReportDay | undefined, money: MoneyCell): CsvCell[] {
  return day === undefined ? DAY_HEADER.map(() => null) : [day.day, ...figureCells(day, money)];
}

export function channelTable({ rows }: ReportChannels, currency: string): CsvTable {
  const money = moneyCell(currency);
  return {
    header: ["channel", ...FIGURE_HEADER, "currency"],
    rows: rows.map((row) => [
      row.kind === "group" ? row.channel : KIND_NAMES[row.kind],
      ...figureCells(row, money),
      currency,
    ]),
  };
}

const RETURN_HEADER = ["roas", "roi", "cpa"];
const INTERVAL_HEADER = ["conversions_low_95", "conversions_high_95", "revenue_low_95", "revenue_high_95"];
/** Of ROI reports; empty in others, so that all have the same columns. */
const MONEY_HEADER = [
  "gross_profit",
  "roi_with_margin",
  "break_even_cpa",
  "payback_days",
  "budget_spent",
  "pace",
];

const CAMPAIGN_HEADER = [
  "kind",
  "campaign",
  "channel",
  ...FIGURE_HEADER,
  ...RETURN_HEADER,
  ...INTERVAL_HEADER,
  ...MONEY_HEADER,
  "too_few",
  "currency",
];

/** A line for each campaign with its ratios; they are empty where there is no base. */
export function campaignTable({ rows }: ReportCampaigns, currency: string): CsvTable {
  const money = moneyCell(currency);
  return {
    header: CAMPAIGN_HEADER,
    rows: rows.map((row) => [
      row.kind,
      row.kind === "group" ? row.name : KIND_NAMES[row.kind],
      row.channel,
      ...figureCells(row, money),
      ...returnCells(row, money),
      ...intervalCells(row.conversionsInterval, asIs),
      ...intervalCells(row.revenueInterval, money),
      ...returnOnMoneyCells(row, money),
      yesNo(row.tooFew),
      currency,
    ]),
  };
}

function returnCells(row: ReportCampaignRow, money: MoneyCell): CsvCell[] {
  const { roas, roi, cpa } = rowRatios(row);
  return [roas, roi, money(cpa)];
}

function returnOnMoneyCells({ money: back }: ReportCampaignRow, money: MoneyCell): CsvCell[] {
  if (back === null) return MONEY_HEADER.map(() => null);
  const { grossProfitMinor, roiWithMargin, breakEvenCpaMinor, paybackDays, budgetSpent, pace } = back;
  return [money(grossProfitMinor), roiWithMargin, money(breakEvenCpaMinor), paybackDays, budgetSpent, pace];
}

export function siteTable({ rows }: ReportSites, currency: string): CsvTable {
  const money = moneyCell(currency);
  return {
    header: ["site", ...FIGURE_HEADER, "currency", "previous_revenue", "left_out_currency"],
    rows: rows.map((row) => [
      row.name,
      ...figureCells(row, money),
      currency,
      money(row.previousRevenueMinor),
      row.leftOutCurrency,
    ]),
  };
}

function orEmpty(value: number | null, write: (value: number) => CsvCell): CsvCell {
  return value === null ? null : write(value);
}

export function yesNo(value: ReportKpi["tooFew"]): CsvCell {
  return value ? "yes" : "no";
}
