import type { ReportKpi, ReportModel, ReportUnit } from "#core/report/report-model.ts";
import { relativeChange } from "#core/roi/relative-change.ts";
import { absenceWords } from "#rendering/words/kpi-words.ts";
import { headlineText } from "#rendering/words/headline.ts";
import { scopeNames } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import type { CellFormat, CellValue, LeadLine, Sheet, SheetRow } from "#rendering/xlsx/sheet.ts";

import { emptyCells, intervalCells, nameColumn, numberColumn } from "./columns.ts";

const FORMATS: { readonly [unit in ReportUnit]: CellFormat } = {
  count: "count",
  money: "money",
  ratio: "ratio",
  percent: "percent",
  days: "days",
};
const NOTE_WIDTH = 44;

/** The report in a sentence, and its figures with what they were before and how far they can be trusted. */
export function summarySheet(model: ReportModel, voice: ReportVoice): Sheet {
  const { words } = voice;
  const { columns } = words;
  const names = model.kpis.map(({ key }) => words.kpis[key]);
  return {
    name: words.sections.summary.title,
    lead: leadLines(model, voice),
    columns: [
      nameColumn(columns.figure, names),
      numberColumn(columns.value, "money"),
      numberColumn(columns.low, "money"),
      numberColumn(columns.high, "money"),
      numberColumn(columns.previous, "money"),
      numberColumn(columns.change, "money"),
      numberColumn(`${columns.change}\u00a0%`, "change"),
      { header: words.howComputed.terms.note, format: "wrapped", width: NOTE_WIDTH },
    ],
    rowCount: model.kpis.length,
    rows: model.kpis.map((kpi) => kpiRow(kpi, voice)),
    totals: null,
  };
}

function leadLines(model: ReportModel, voice: ReportVoice): LeadLine[] {
  const { words, formats } = voice;
  const facts = [
    words.kinds[model.kind],
    formats.range(model.range),
    ...scopeNames(model, words),
    ...(model.preparedFor === null ? [] : [words.page.preparedFor(model.preparedFor)]),
  ];
  const compared =
    model.comparison === null ? [] : [words.change.comparedWith(formats.range(model.comparison))];
  return [
    { text: model.title, look: "title" },
    { text: facts.join(" · "), look: "subtitle" },
    { text: headlineText(model, voice), look: "sentence" },
    ...compared.map((text) => ({ text, look: "subtitle" as const })),
  ];
}

function kpiRow(kpi: ReportKpi, { words }: ReportVoice): SheetRow {
  const { key, value, interval, previous, tooFew } = kpi;
  const format = formatOf(kpi);
  const note = absenceWords(kpi, words) ?? (tooFew ? words.verdicts.too_few : null);
  const ends = intervalCells(interval);
  return {
    cells: [words.kpis[key], value, ...ends, previous, ...changeCells(kpi), note],
    formats: ["text", format, format, format, format, format, "change", "wrapped"],
    look: tooFew ? "weak" : "body",
  };
}

/** Counts of shared credit have decimals. */
function formatOf({ unit, value, previous, interval }: ReportKpi): CellFormat {
  const numbers = [value, previous, interval?.low, interval?.high];
  const isShared = numbers.some((number) => typeof number === "number" && !Number.isInteger(number));
  return unit === "count" && isShared ? "credit" : FORMATS[unit];
}

/** The difference, and its part of what it was before. */
function changeCells({ value, previous }: ReportKpi): CellValue[] {
  if (value === null || previous === null) return emptyCells(2);
  return [value - previous, relativeChange(value, previous)];
}
