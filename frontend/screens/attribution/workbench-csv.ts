import type { AttributionReady, AttributionRow } from "#contract/attribution.ts";
import { currencyExponent } from "#core/money/currency-exponent.ts";
import { BYTE_ORDER_MARK, csvLine } from "#core/text/csv-line.ts";
import type { CsvCell } from "#core/text/csv-line.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";
import { spreadOf, totalOf } from "#frontend/attribution/figures.ts";
import type { Figure } from "#frontend/attribution/figures.ts";
import { groupingWords, rowName } from "#frontend/attribution/grouping-words.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import type { TextFile } from "./download-text.ts";
import type { WorkbenchChoice } from "./use-workbench-choice.ts";

/** Exactly what the table shows: its figure, group and models, every row, and the total that they add up to. */
export function workbenchCsv(
  answer: AttributionReady,
  choice: Pick<WorkbenchChoice, "figure" | "models">,
): TextFile {
  const { figure, models } = choice;
  const cell = cellWriter(figure, answer.basis.currency);
  const lines: CsvCell[][] = [
    [
      groupingWords(answer.by).label,
      "spend",
      ...models.flatMap((model) => columnNames(modelWords(model).label, figure)),
      "lowest model",
      "highest model",
      "models agree",
    ],
    ...answer.rows.map((row) => rowCells(row, answer, choice)),
    ["Total", ...totalCells(answer, choice, cell)],
  ];
  return {
    name: `attribution-${answer.by}-${figure.key}-${answer.range.from}-${answer.range.to}.csv`,
    type: "text/csv;charset=utf-8",
    text: BYTE_ORDER_MARK + lines.map(csvLine).join(""),
  };
}

const VERDICTS = { agree: "yes", disagree: "no", too_few: "too few" } as const;

function columnNames(label: string, figure: Figure): string[] {
  return [`${label}: ${figure.label}`, `${label}: low`, `${label}: high`, `${label}: converting journeys`];
}

function rowCells(
  row: AttributionRow,
  { by, basis }: AttributionReady,
  { figure, models }: Pick<WorkbenchChoice, "figure" | "models">,
): CsvCell[] {
  const cell = cellWriter(figure, basis.currency);
  const spread = spreadOf(row, figure.key, models);
  return [
    rowName(row, by),
    money(row.spendMinor, basis.currency),
    ...models.flatMap((model) => {
      const credit = row.credits[model];
      if (!credit) return [null, null, null, null];
      const { value, interval } = figure.read(credit);
      return [cell(value), cell(interval?.low), cell(interval?.high), credit.convertingJourneys];
    }),
    cell(spread?.low),
    cell(spread?.high),
    spread === null ? null : VERDICTS[spread.verdict],
  ];
}

function totalCells(
  answer: AttributionReady,
  { figure, models }: Pick<WorkbenchChoice, "figure" | "models">,
  cell: (value: number | null | undefined) => CsvCell,
): CsvCell[] {
  const total = cell(totalOf(answer, figure.key));
  return [
    money(answer.totals.spendMinor, answer.basis.currency),
    // Participation counts each that took part: its column has no total.
    ...models.flatMap((model) => [model === "participation" ? null : total, null, null, null]),
    null,
    null,
    null,
  ];
}

function cellWriter(figure: Figure, currency: string) {
  const isMoney = figure.key === "revenue" || figure.key === "cpa";
  return (value: number | null | undefined): CsvCell =>
    value === null || value === undefined ? null : isMoney ? money(Math.round(value), currency) : value;
}

function money(minor: number | null, currency: string): CsvCell {
  if (minor === null) return null;
  return { decimal: formatMajorUnits(minor, currencyExponent(currency)) };
}
