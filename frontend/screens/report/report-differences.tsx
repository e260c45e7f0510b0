import type { ReportComparison } from "#contract/reports.ts";
import { reasonColumns } from "#frontend/attribution/reason-columns.tsx";
import { moneyIn, signed } from "#frontend/attribution/signed-change.ts";
import { NO_VALUE, formatCredit, formatMultiple, formatShare } from "#frontend/format/number.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { ENGLISH_KPIS } from "#rendering/words/en/english-tables.ts";

type Change = NonNullable<ReportComparison["changes"]>[number];
type Kpi = ReportComparison["kpis"][number];
type Props = { comparison: ReportComparison; currency: string | null };

/** The reasons, whose sum is the whole difference, and each figure before and after. */
export function ReportDifferences({ comparison, currency }: Props) {
  const { isEqual, changes, kpis } = comparison;
  if (isEqual && (changes === null || changes.length === 0)) {
    return (
      <EmptyState title="Nothing changed" picture="none" compact>
        Both reports say the same, to the cent.
      </EmptyState>
    );
  }
  return (
    <>
      {changes !== null && changes.length > 0 && (
        <DataTable
          caption="Differences by reason"
          columns={reasonColumns(sumOf(changes), currency)}
          rows={changes}
          keyOf={({ reason }) => reason}
        />
      )}
      {changes === null && (
        <p class="report-nobody">
          The two answer other questions: their figures stand side by side, without reasons.
        </p>
      )}
      <DataTable
        caption="Figures before and after"
        columns={kpiColumns(currency)}
        rows={kpis}
        keyOf={({ key }) => key}
      />
    </>
  );
}

function sumOf(changes: readonly Change[]): Pick<Change, "conversions" | "revenueMinor" | "spendMinor"> {
  const sum = (pick: (change: Change) => number) =>
    changes.reduce((total, change) => total + pick(change), 0);
  return {
    conversions: sum(({ conversions }) => conversions),
    revenueMinor: sum(({ revenueMinor }) => revenueMinor),
    spendMinor: sum(({ spendMinor }) => spendMinor),
  };
}

function kpiColumns(currency: string | null): Column<Kpi>[] {
  const names: Readonly<Record<string, string>> = ENGLISH_KPIS;
  return [
    { key: "figure", header: "Figure", cell: ({ key }) => names[key] ?? key },
    {
      key: "before",
      header: "Before",
      numeric: true,
      cell: ({ before, unit }) => figure(before, unit, currency),
    },
    {
      key: "after",
      header: "After",
      numeric: true,
      cell: ({ after, unit }) => figure(after, unit, currency),
    },
    {
      key: "change",
      header: "Change",
      numeric: true,
      cell: ({ before, after, unit }) =>
        before === null || after === null
          ? NO_VALUE
          : signed(after - before, (difference) => figure(difference, unit, currency)),
    },
  ];
}

function figure(value: number | null, unit: string, currency: string | null): string {
  if (value === null) return NO_VALUE;
  if (unit === "money") return moneyIn(value, currency);
  if (unit === "percent") return formatShare(value);
  return unit === "ratio" ? formatMultiple(value) : formatCredit(value);
}
