import type { GroupChange, RunComparison, RunDetails } from "#contract/runs.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { groupingWords, rowName } from "#frontend/attribution/grouping-words.ts";
import { reasonColumns } from "#frontend/attribution/reason-columns.tsx";
import { optionName, reasonWords } from "#frontend/attribution/reason-words.ts";
import { signedCredit, signedMoney } from "#frontend/attribution/signed-change.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { DifferenceExamples } from "./difference-examples.tsx";

type DifferencesProps = { comparison: RunComparison; run: RunDetails; zone: string };

/** The reasons, whose sum is the whole difference, and then which group they fell on. */
export function Differences({ comparison, run, zone }: DifferencesProps) {
  const { by } = run;
  const currency = run.answer?.basis.currency ?? "EUR";
  const { total, groups, changedOptions } = comparison;
  const isSame =
    total.reasons.length === 0 &&
    groups.every(
      ({ change }) => change.conversions === 0 && change.revenueMinor === 0 && change.spendMinor === 0,
    );
  if (isSame)
    return (
      <EmptyState title="Nothing changed" picture="none" compact>
        Both runs say the same, to the cent.
      </EmptyState>
    );
  return (
    <>
      {changedOptions.length > 0 && (
        <p class="comparison-note small">
          The runs were asked differently: {changedOptions.map(optionName).join(", ")}.
        </p>
      )}
      <DataTable
        caption="Differences by reason"
        columns={reasonColumns(total.change, currency)}
        rows={total.reasons}
        keyOf={({ reason }) => reason}
      />
      <DataTable
        caption={`Differences by ${groupingWords(by).lower}`}
        columns={groupColumns(by, currency)}
        rows={groups}
        keyOf={({ kind, key }) => `${kind} ${key ?? ""}`}
        initialSort={{ key: "revenue", direction: "desc" }}
      />
      <DifferenceExamples comparison={comparison} run={run} currency={currency} zone={zone} />
    </>
  );
}

function groupColumns(by: Grouping, currency: string): Column<GroupChange>[] {
  return [
    { key: "name", header: groupingWords(by).label, cell: (row) => rowName(row, by) },
    {
      key: "before",
      header: "Before",
      numeric: true,
      wideOnly: true,
      cell: ({ before }) => formatMoney(before.revenueMinor, currency),
    },
    {
      key: "after",
      header: "After",
      numeric: true,
      wideOnly: true,
      cell: ({ after }) => formatMoney(after.revenueMinor, currency),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      sortBy: ({ change }) => Math.abs(change.revenueMinor),
      cell: ({ change }) => signedMoney(change.revenueMinor, currency),
    },
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      sortBy: ({ change }) => Math.abs(change.conversions),
      cell: ({ change }) => signedCredit(change.conversions),
    },
    {
      key: "why",
      header: "Why",
      wideOnly: true,
      cell: ({ reasons }) => (
        <span class="small muted">{reasons.map(({ reason }) => reasonWords(reason).label).join(", ")}</span>
      ),
    },
  ];
}
