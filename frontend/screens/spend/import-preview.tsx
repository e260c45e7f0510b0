import type { Campaign } from "#contract/campaigns.ts";
import type { ImportPlan, ImportRow } from "#core/spend-import/import-rows.ts";
import { formatDay } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatCounted } from "#frontend/format/number.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { NEW_CAMPAIGN } from "./import-choices.ts";

const SHOWN = 6;

/** What is about to be stored: its first rows, and what all of them come to. */
export function ImportPreview({ plan, campaigns }: { plan: ImportPlan; campaigns: readonly Campaign[] }) {
  if (plan.rows.length === 0) return null;
  const nameOf = new Map(campaigns.map(({ id, name }) => [id, name]));
  return (
    <div class="spend-preview">
      <p class="small">
        <strong>{summaryOf(plan)}</strong>
      </p>
      <DataTable
        caption="First rows of the import"
        columns={columns((row) => nameOf.get(row.campaign) ?? row.campaign.replace(NEW_CAMPAIGN, ""))}
        rows={plan.rows.slice(0, SHOWN)}
        keyOf={(row) => `${row.day} ${row.campaign} ${row.source}`}
      />
    </div>
  );
}

function summaryOf({ rows, added, leftOut }: ImportPlan): string {
  const sums = new Map<string, number>();
  for (const { currency, amountMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  const money = [...sums].map(([currency, minor]) => formatMoney(minor, currency)).join(", ");
  const parts = [
    formatCounted(rows.length, "row", "rows"),
    money,
    ...(added > 0 ? [`${formatCounted(added, "line", "lines")} added to others of their day`] : []),
    ...(leftOut > 0 ? [`${formatCount(leftOut)} left out`] : []),
  ];
  return parts.join(" · ");
}

function columns(nameOf: (row: ImportRow) => string): Column<ImportRow>[] {
  return [
    { key: "day", header: "Day", cell: (row) => formatDay(row.day) },
    { key: "campaign", header: "Campaign", cell: nameOf },
    { key: "source", header: "Source", wideOnly: true, cell: (row) => row.source },
    { key: "note", header: "Note", wideOnly: true, cell: (row) => <span class="muted">{row.note}</span> },
    {
      key: "amount",
      header: "Amount",
      numeric: true,
      cell: (row) => formatMoney(row.amountMinor, row.currency),
    },
  ];
}
