import type { ReportComparison } from "#contract/reports.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { NO_VALUE, formatCount, formatCredit, formatMultiple, formatShare } from "#frontend/format/number.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { ENGLISH_KPIS } from "#rendering/words/en/english-tables.ts";
import { reasonWords } from "#frontend/screens/attribution/reason-words.ts";

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
  const code = currency ?? "";
  return (
    <>
      {changes !== null && changes.length > 0 && (
        <DataTable
          caption="Differences by reason"
          columns={reasonColumns(changes, code)}
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
        columns={kpiColumns(code)}
        rows={kpis}
        keyOf={({ key }) => key}
      />
    </>
  );
}

function reasonColumns(changes: readonly Change[], currency: string): Column<Change>[] {
  const sum = (pick: (change: Change) => number) =>
    changes.reduce((total, change) => total + pick(change), 0);
  return [
    {
      key: "reason",
      header: "Reason",
      cell: ({ reason }) => (
        <Term explanation={reasonWords(reason).explanation}>{reasonWords(reason).label}</Term>
      ),
      total: "The whole difference",
    },
    { key: "count", header: "Cases", numeric: true, wideOnly: true, cell: ({ count }) => formatCount(count) },
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      cell: ({ conversions }) => signed(conversions, formatCredit),
      total: signed(round(sum(({ conversions }) => conversions)), formatCredit),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      cell: ({ revenueMinor }) => signed(revenueMinor, (minor) => money(minor, currency)),
      total: signed(
        sum(({ revenueMinor }) => revenueMinor),
        (minor) => money(minor, currency),
      ),
    },
    {
      key: "spend",
      header: "Spend",
      numeric: true,
      cell: ({ spendMinor }) => signed(spendMinor, (minor) => money(minor, currency)),
      total: signed(
        sum(({ spendMinor }) => spendMinor),
        (minor) => money(minor, currency),
      ),
    },
  ];
}

function kpiColumns(currency: string): Column<Kpi>[] {
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

function figure(value: number | null, unit: string, currency: string): string {
  if (value === null) return NO_VALUE;
  if (unit === "money") return money(value, currency);
  if (unit === "percent") return formatShare(value);
  return unit === "ratio" ? formatMultiple(value) : formatCredit(value);
}

/** A report of one site names its currency; without one the bare units stand. */
function money(minor: number, currency: string): string {
  return currency === "" ? formatCount(minor) : formatMoney(Math.round(minor), currency);
}

/** A change shows which way it went, also where it went up. */
function signed(value: number, write: (value: number) => string): string {
  return value > 0 ? `+${write(value)}` : write(value);
}

/** Parts of conversions add up to 0 but for rounding. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
