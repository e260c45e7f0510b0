import type { AttributionModel, AttributionReady, AttributionRow } from "#contract/attribution.ts";
import { sumsToTotal } from "#core/attribution/models.ts";
import { writeModels } from "#frontend/attribution/attribution-view.ts";
import { figureParams } from "#frontend/attribution/figure-params.ts";
import { columnFormat, missingTotal, spreadOf, totalOf } from "#frontend/attribution/figures.ts";
import type { Figure } from "#frontend/attribution/figures.ts";
import { groupingWords, rowName } from "#frontend/attribution/grouping-words.ts";
import { IntervalFigure } from "#frontend/attribution/interval-figure.tsx";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { missingReason } from "#frontend/analytics/kpi-view.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { readSort, writeSort } from "#frontend/parts/sort-rows.ts";
import type { Sort } from "#frontend/parts/sort-rows.ts";
import { Term } from "#frontend/parts/tooltip.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { AgreementCell } from "./agreement-cell.tsx";
import { RowName } from "./row-name.tsx";
import type { WorkbenchChoice } from "./use-workbench-choice.ts";

type TableProps = {
  answer: AttributionReady;
  choice: WorkbenchChoice;
  colourOf: (row: AttributionRow) => string;
  /** Figures of a saved run: the journeys of now would not be theirs. */
  isKept?: boolean;
};

/** Columns of models that a desk has room for; more are scrolled to. */
const FITTING = 4;

/** Models as columns; each column that shares out one total adds up to it. */
export function WorkbenchTable({ answer, choice, colourOf, isKept }: TableProps) {
  const [query, setQuery] = useQuery();
  const { figure, models } = choice;
  const [main = "last"] = models;
  const fallback: Sort = { key: main, direction: "desc" };
  const columns = useColumns({ answer, choice, colourOf, isKept: isKept ?? false });
  return (
    <div class={models.length > FITTING ? "workbench-wide" : undefined}>
      <DataTable
        caption={`Attribution by ${groupingWords(answer.by).lower}: ${figure.label}`}
        columns={columns}
        rows={answer.rows}
        keyOf={(row) => `${row.kind} ${row.key ?? ""}`}
        sort={readSort(
          query.sort,
          columns.map(({ key }) => key),
          fallback,
        )}
        onSort={(sort) => setQuery({ sort: writeSort(sort) }, true)}
      />
    </div>
  );
}

function useColumns({ answer, choice, colourOf, isKept }: TableProps): Column<AttributionRow>[] {
  const href = useHref();
  const { figure, models, highlight } = choice;
  const open = (row: AttributionRow, model: AttributionModel) => {
    if (isKept) return undefined;
    const params = figureParams(row, { model, by: answer.by });
    return href("/attribution/figure", { ...params, figure: figure.key, models: writeModels(models) });
  };
  const columns = models.map((model) => modelColumn({ model, answer, figure, open }));
  const agreement = agreementColumn(answer, choice, colourOf);
  return [
    {
      key: "name",
      header: groupingWords(answer.by).label,
      sortBy: (row) => (row.kind === "group" ? rowName(row, answer.by) : null),
      cell: (row) => (
        <RowName row={row} by={answer.by} colour={colourOf(row)} isHighlighted={row.key === highlight} />
      ),
    },
    ...(figure.needsSpend ? [spendColumn(answer)] : []),
    // The verdict must not be what one has to scroll to.
    ...(models.length > FITTING ? [agreement, ...columns] : [...columns, agreement]),
  ];
}

function spendColumn({ totals, basis }: AttributionReady): Column<AttributionRow> {
  const show = (minor: number | null) => (minor === null ? NO_VALUE : formatMoney(minor, basis.currency));
  return {
    key: "spend",
    header: "Spend",
    numeric: true,
    wideOnly: true,
    explanation: "What it cost on these days, converted to the site's currency.",
    sortBy: (row) => row.spendMinor,
    cell: (row) => show(row.spendMinor),
    total: show(totals.spendMinor),
  };
}

type ModelColumn = {
  model: AttributionModel;
  answer: AttributionReady;
  figure: Figure;
  open: (row: AttributionRow, model: AttributionModel) => string | undefined;
};

function modelColumn({ model, answer, figure, open }: ModelColumn): Column<AttributionRow> {
  const { label, explanation } = modelWords(model);
  const whole = totalOf(answer, figure.key);
  const read = (row: AttributionRow) => {
    const credit = row.credits[model];
    return credit ? figure.read(credit).value : null;
  };
  const format = columnFormat(figure, answer.rows.map(read), answer.basis.currency);
  return {
    key: model,
    header: label,
    explanation,
    numeric: true,
    sortBy: (row) => (row.kind === "group" ? read(row) : null),
    ...(figure.isSum && whole ? { share: (row) => Math.min(1, Math.max(0, (read(row) ?? 0) / whole)) } : {}),
    cell: (row) => {
      const credit = row.credits[model];
      if (!credit) return NO_VALUE;
      const name = rowName(row, answer.by);
      return (
        <IntervalFigure
          figure={figure}
          credit={credit}
          currency={answer.basis.currency}
          format={format}
          href={open(row, model)}
          label={`${name}, ${label}`}
        />
      );
    },
    total: totalCell({ answer, figure, model }),
  };
}

function totalCell({ answer, figure, model }: Omit<ModelColumn, "open">) {
  const isAbsent = answer.absent.some((absent) => absent.model === model);
  if (isAbsent) return NO_VALUE;
  if (!sumsToTotal(model)) return <Term explanation={modelWords(model).explanation}>{NO_VALUE}</Term>;
  const whole = totalOf(answer, figure.key);
  if (whole !== null) return figure.format(whole, answer.basis.currency);
  const reason = missingTotal(answer, figure.key);
  return <Term explanation={missingReason(reason)}>{NO_VALUE}</Term>;
}

function agreementColumn(
  answer: AttributionReady,
  { figure, models }: WorkbenchChoice,
  colourOf: TableProps["colourOf"],
): Column<AttributionRow> {
  return {
    key: "agreement",
    header: "Do these models agree?",
    edge: true,
    explanation:
      "The lowest and the highest figure over the models of these columns that share out the same total.",
    sortBy: (row) => {
      const spread = spreadOf(row, figure.key, models);
      return spread === null ? null : Math.abs(spread.high - spread.low);
    },
    cell: (row) => (
      <AgreementCell row={row} answer={answer} figure={figure} models={models} colour={colourOf(row)} />
    ),
  };
}
