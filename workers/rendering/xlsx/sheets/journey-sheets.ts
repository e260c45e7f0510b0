import type { ReportJourneys } from "#core/report/report-journeys.ts";
import type { ReportAttribution, ReportCredit } from "#core/report/report-tables.ts";
import { journeyConversions } from "#rendering/words/journeys-head.ts";
import { attributionRowName, journeyName } from "#rendering/words/names.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";
import { checkedCredit, checkSums } from "#rendering/xlsx/checked-totals.ts";
import type { CellValue, Sheet, SheetColumn } from "#rendering/xlsx/sheet.ts";

import {
  conversionsFormat,
  emptyCells,
  intervalCells,
  intervalColumns,
  nameColumn,
  numberColumn,
} from "./columns.ts";

/** What each model gives to each campaign (or channel): for every model a group of columns. */
export function attributionSheet(attribution: ReportAttribution, words: ReportWords): Sheet {
  const { by, models, rows, totals } = attribution;
  const names = rows.map((row) => attributionRowName(row, by, words));
  const groups = models.map((model, index) => {
    const credits = rows.map((row) => row.credits[index] ?? NO_CREDIT);
    const total = checkedCredit("attribution", { credits, total: totals[index] ?? NO_CREDIT }, model);
    return { credits, total, ...creditColumns(words.models[model].name, credits, words) };
  });
  return {
    name: words.sections.attribution.title,
    lead: [],
    columns: [
      nameColumn(words.columns[by], names),
      nameColumn(words.columns.verdict, Object.values(words.verdicts)),
      ...groups.flatMap(({ columns }) => columns),
    ],
    rowCount: rows.length,
    rows: rows.map((row, at) => ({
      cells: [
        names[at] ?? null,
        row.verdict === null ? null : words.verdicts[row.verdict],
        ...groups.flatMap(({ credits, hasIntervals }) => creditCells(credits[at] ?? NO_CREDIT, hasIntervals)),
      ],
      look: row.tooFew ? "weak" : "body",
    })),
    totals: {
      cells: [
        words.rows.total,
        null,
        ...groups.flatMap(({ total, hasIntervals }) => creditCells(total, hasIntervals)),
      ],
    },
  };
}

const NO_CREDIT: ReportCredit = {
  conversions: 0,
  revenueMinor: 0,
  conversionsInterval: null,
  revenueInterval: null,
};

function creditColumns(
  model: string,
  credits: readonly ReportCredit[],
  words: ReportWords,
): { columns: SheetColumn[]; hasIntervals: boolean } {
  const hasIntervals = credits.some(
    ({ conversionsInterval, revenueInterval }) => conversionsInterval !== null || revenueInterval !== null,
  );
  const format = conversionsFormat(credits);
  const conversions = `${model} · ${words.columns.conversions}`;
  const revenue = `${model} · ${words.columns.revenue}`;
  const columns = [
    numberColumn(conversions, format),
    ...(hasIntervals ? intervalColumns(conversions, words, format) : []),
    numberColumn(revenue, "money"),
    ...(hasIntervals ? intervalColumns(revenue, words, "money") : []),
  ];
  return { columns, hasIntervals };
}

function creditCells(credit: ReportCredit, hasIntervals: boolean): CellValue[] {
  if (!hasIntervals) return [credit.conversions, credit.revenueMinor];
  return [
    credit.conversions,
    ...intervalCells(credit.conversionsInterval),
    credit.revenueMinor,
    ...intervalCells(credit.revenueInterval),
  ];
}

/** The ways with the most conversions, and all others together. */
export function journeySheet(journeys: ReportJourneys, words: ReportWords): Sheet {
  const { by, top, others, conversions } = journeys;
  const named = top.map((journey) => ({ name: journeyName(journey, by, words), ...journey }));
  const rows =
    others.ways === 0
      ? named
      : [...named, { name: words.journeys.otherWays(others.ways, String(others.ways)), ...others }];
  checkSums(
    "journeys",
    rows.map((row) => ({ conversions: row.conversions })),
    { conversions },
  );
  return {
    name: words.sections.journeys.title,
    lead: [],
    columns: [
      nameColumn(
        words.columns.journey,
        rows.map(({ name }) => name),
      ),
      numberColumn(journeyConversions(journeys, words), conversionsFormat(rows)),
      numberColumn(words.columns.share, "percent"),
      numberColumn(words.columns.revenue, "money"),
    ],
    rowCount: rows.length,
    rows: rows.map((row) => ({
      cells: [
        row.name,
        row.conversions,
        conversions > 0 ? row.conversions / conversions : null,
        row.revenueMinor,
      ],
    })),
    totals: {
      cells: [
        words.rows.total,
        conversions,
        conversions > 0 ? 1 : null,
        rows.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0),
      ],
    },
  };
}

/** How many touchpoints a conversion takes. */
export function journeyLengthSheet(journeys: ReportJourneys, words: ReportWords): Sheet {
  const { lengths } = journeys;
  const total = lengths.reduce((sum, { conversions }) => sum + conversions, 0);
  return {
    name: words.journeys.lengths,
    lead: [],
    columns: [
      nameColumn(words.columns.touchpoints, [words.journeys.lengths]),
      numberColumn(journeyConversions(journeys, words), conversionsFormat(lengths)),
      numberColumn(words.columns.share, "percent"),
    ],
    rowCount: lengths.length,
    rows: lengths.map(({ min, max, conversions }) => ({
      cells: [words.journeys.touchpoints(min, max), conversions, total > 0 ? conversions / total : null],
    })),
    totals: { cells: [words.rows.total, total, ...(total > 0 ? [1] : emptyCells(1))] },
  };
}
