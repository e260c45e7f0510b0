import type { ReportDay, ReportModel } from "#core/report/report-model.ts";
import type { ReportChannels, ReportSites } from "#core/report/report-tables.ts";
import { relativeChange } from "#core/roi/relative-change.ts";
import { channelRowName } from "#rendering/words/names.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";
import { checkedTotals } from "#rendering/xlsx/checked-totals.ts";
import type { CellValue, Sheet, SheetColumn, SheetRow } from "#rendering/xlsx/sheet.ts";

import {
  conversionsFormat,
  emptyCells,
  figureCells,
  figureColumns,
  nameColumn,
  numberColumn,
} from "./columns.ts";

const DAY_WIDTH = 12;

/** A row for each day, with the day it is compared with beside it. */
export function daySheet(model: ReportModel, words: ReportWords): Sheet {
  const { days, comparisonDays, headline, kpis } = model;
  const spentBefore = kpis.find(({ key }) => key === "spend")?.previous ?? null;
  const { columns, rows } = words;
  const conversions = conversionsFormat([...days, ...(comparisonDays ?? [])]);
  const length = Math.max(days.length, comparisonDays?.length ?? 0);
  const compared =
    comparisonDays === null
      ? []
      : [
          dayColumn(`${columns.previous} · ${columns.day}`),
          ...figureColumns(words, conversions, columns.previous),
        ];
  return {
    name: words.sections.chart.title,
    lead: [],
    columns: [dayColumn(columns.day), ...figureColumns(words, conversions), ...compared],
    rowCount: length,
    rows: Array.from({ length }, (_, index) => ({
      cells: [...dayCells(days[index]), ...(comparisonDays === null ? [] : dayCells(comparisonDays[index]))],
    })),
    totals: {
      cells: [
        rows.total,
        ...daySums(days, headline.spendMinor !== null),
        ...(comparisonDays === null ? [] : [null, ...daySums(comparisonDays, spentBefore !== null)]),
      ],
    },
  };
}

function dayColumn(header: string): SheetColumn {
  return { header, format: "day", width: DAY_WIDTH };
}

function dayCells(day: ReportDay | undefined): CellValue[] {
  return day === undefined ? emptyCells(7) : [day.day, ...figureCells(day)];
}

/**
 * A visitor of two days is one visitor: those of days are not added up. Nor is spend of which a part is in another
 * currency, without a rate: the days that are known would pass for all.
 */
function daySums(days: readonly ReportDay[], isSpendKnown: boolean): CellValue[] {
  const sum = (pick: (day: ReportDay) => number): number => days.reduce((total, day) => total + pick(day), 0);
  return [
    null,
    sum((day) => day.clicks),
    sum((day) => day.impressions),
    sum((day) => day.conversions),
    sum((day) => day.revenueMinor),
    isSpendKnown ? sum((day) => day.spendMinor ?? 0) : null,
  ];
}

export function channelSheet(
  channels: ReportChannels,
  { howComputed }: ReportModel,
  words: ReportWords,
): Sheet {
  const totals = checkedTotals("channels", channels, howComputed.model);
  const names = channels.rows.map((row) => channelRowName(row, words));
  return {
    name: words.sections.channels.title,
    lead: [],
    columns: [
      nameColumn(words.columns.channel, names),
      ...figureColumns(words, conversionsFormat(channels.rows)),
    ],
    rowCount: channels.rows.length,
    rows: channels.rows.map((row, index) => ({ cells: [names[index] ?? null, ...figureCells(row)] })),
    totals: { cells: [words.rows.total, ...figureCells(totals)] },
  };
}

export function siteSheet(sites: ReportSites, { howComputed }: ReportModel, words: ReportWords): Sheet {
  const { columns, tables } = words;
  const totals = checkedTotals("sites", sites, howComputed.model);
  const names = sites.rows.map(({ name }) => name);
  return {
    name: words.sections.sites.title,
    lead: [],
    columns: [
      nameColumn(columns.site, names),
      ...figureColumns(words, conversionsFormat(sites.rows)),
      numberColumn(`${columns.previous} · ${columns.revenue}`, "money"),
      numberColumn(`${columns.change}\u00a0%`, "change"),
      nameColumn(words.howComputed.terms.note, [tables.leftOut("XXX")]),
    ],
    rowCount: sites.rows.length,
    rows: sites.rows.map((row): SheetRow => {
      const { previousRevenueMinor: previous, leftOutCurrency } = row;
      const change = previous === null ? null : relativeChange(row.revenueMinor, previous);
      const note = leftOutCurrency === null ? null : tables.leftOut(leftOutCurrency);
      return { cells: [row.name, ...figureCells(row), previous, change, note] };
    }),
    totals: { cells: [words.rows.total, ...figureCells(totals), ...emptyCells(3)] },
  };
}
