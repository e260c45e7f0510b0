import type { Ledger } from "#contract/sites.ts";
import { formatCount } from "#frontend/format/number.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { FATES } from "./fates.ts";
import { missingIn } from "./ledger-rows.ts";
import type { LedgerRow } from "./ledger-rows.ts";

type TableProps = { ledger: Ledger; rows: readonly LedgerRow[]; stepLabel: string };

/** The same in figures, newest first, each row with its check. */
export function LedgerTable({ ledger, rows, stepLabel }: TableProps) {
  return (
    <DataTable
      caption="What became of every event"
      columns={columns(ledger, stepLabel)}
      rows={rows.toReversed()}
      keyOf={(row) => row.key}
    />
  );
}

function columns({ totals }: Ledger, stepLabel: string): Column<LedgerRow>[] {
  return [
    { key: "step", header: stepLabel, cell: (row) => row.label, total: "Total" },
    {
      key: "received",
      header: "Received",
      explanation: "Counted at the edge, before anything else is known of the events.",
      numeric: true,
      cell: (row) => count(row.received),
      total: formatCount(totals.received),
    },
    ...FATES.map(({ key, label, explanation }): Column<LedgerRow> => ({
      key,
      header: label,
      explanation,
      numeric: true,
      edge: key === "stored",
      cell: (row) => count(row[key]),
      total: formatCount(totals[key]),
    })),
    {
      key: "check",
      header: "Check",
      explanation: "Received less everything beside it: it must be 0.",
      numeric: true,
      edge: true,
      cell: (row) => <Check missing={row.missing} />,
      total: <Check missing={missingIn(totals)} />,
    },
  ];
}

function count(value: number) {
  return value === 0 ? <span class="muted">0</span> : formatCount(value);
}

function Check({ missing }: { missing: number }) {
  if (missing !== 0) return <strong class="ledger-wrong">{formatCount(missing)}</strong>;
  return (
    <span class="ledger-right">
      <Icon name="check" size={16} />
      <span class="sr-only">balances</span>
    </span>
  );
}
