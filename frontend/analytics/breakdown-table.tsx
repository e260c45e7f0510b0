import type { Breakdown, BreakdownRow } from "#contract/breakdown.ts";
import type { Dimension } from "#core/rollup/dimensions.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatShare, NO_VALUE } from "#frontend/format/number.ts";
import { ChannelName } from "#frontend/parts/channel.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { dimensionLook, rowLabel } from "./breakdown-dimensions.ts";
import { sumOf } from "./totals.ts";

/** A row of the answer, or the sum of the rows that are not shown. */
type Row = BreakdownRow & { isRest?: boolean };

type TableProps = {
  breakdown: Breakdown;
  dimension: Dimension;
  /** A row narrows the panel to its value. */
  onFilter: ((value: string) => void) | null;
};

/** The values of one dimension; the rows, with those that are not shown, add up to the total. */
export function BreakdownTable({ breakdown, dimension, onFilter }: TableProps) {
  const rows: Row[] = breakdown.next === null ? breakdown.items : [...breakdown.items, restRow(breakdown)];
  const filter = onFilter && ((row: Row) => row.value !== null && onFilter(row.value));
  return (
    <DataTable
      caption={`By ${dimensionLook(dimension).label.toLowerCase()}`}
      columns={[
        {
          key: "value",
          header: dimensionLook(dimension).header,
          sortBy: (row) => (row.kind === "value" ? rowLabel(row, dimension) : null),
          cell: (row) => <Name row={row} dimension={dimension} onFilter={onFilter} />,
        },
        ...visitColumns(breakdown),
        ...saleColumns(breakdown),
      ]}
      rows={rows}
      keyOf={(row) => `${row.kind}${row.isRest ? "+" : ""}:${row.value}`}
      initialSort={{ key: "visitors", direction: "desc" }}
      onRow={filter ?? undefined}
    />
  );
}

function Name({ row, dimension, onFilter }: { row: Row } & Omit<TableProps, "breakdown">) {
  const label = row.isRest ? "Further rows" : rowLabel(row, dimension);
  if (row.kind !== "value" || row.value === null) return <span class="muted">{label}</span>;
  const name = dimension === "channel" ? <ChannelName channel={row.value} /> : label;
  if (!onFilter) return <span class={dimension === "landing_page" ? "breakdown-page" : ""}>{name}</span>;
  const { value } = row;
  return (
    <button
      type="button"
      class="breakdown-filter"
      title={`Show only ${label}`}
      onClick={() => onFilter(value)}
    >
      {name}
    </button>
  );
}

/** What the whole has beyond the rows that are shown; visitors do not add up, so theirs is not known. */
function restRow({ items, total }: Breakdown): Row {
  const rest = (pick: (row: Breakdown["total"]) => number) => pick(total) - sumOf(items, pick);
  return {
    kind: "other",
    value: null,
    label: "",
    isRest: true,
    impressions: rest((row) => row.impressions),
    clicks: rest((row) => row.clicks),
    pageviews: rest((row) => row.pageviews),
    sessions: rest((row) => row.sessions),
    visitors: 0,
    visitorsMargin: null,
    conversions: rest((row) => row.conversions),
    revenueMinor: rest((row) => row.revenueMinor),
    refundMinor: rest((row) => row.refundMinor),
  };
}

function visitColumns({ items, total }: Breakdown): Column<Row>[] {
  const isEstimated = items.some((row) => row.visitorsMargin !== null);
  return [
    {
      key: "visitors",
      header: "Visitors",
      numeric: true,
      explanation: isEstimated
        ? "Each counted once, so rows do not add up to the total. Beyond 1,000 an estimate: the truth is within ± in 95 of 100 cases."
        : "Each counted once, so rows do not add up to the total: one may be in several.",
      sortBy: (row) => (row.kind === "other" ? null : row.visitors),
      share: (row) => (row.isRest ? 0 : Math.min(1, row.visitors / Math.max(1, total.visitors))),
      cell: (row) => (row.isRest ? NO_VALUE : <Visitors {...row} />),
      total: <Visitors {...total} />,
    },
    {
      key: "sessions",
      header: "Sessions",
      numeric: true,
      wideOnly: true,
      explanation: "Visits without a pause of 30 minutes.",
      sortBy: (row) => (row.kind === "other" ? null : row.sessions),
      cell: (row) => formatCount(row.sessions),
      total: formatCount(total.sessions),
    },
    {
      key: "pageviews",
      header: "Pages a session",
      numeric: true,
      wideOnly: true,
      explanation: "Page views ÷ sessions.",
      sortBy: (row) => (row.kind === "other" ? null : perSession(row)),
      cell: (row) => formatPages(row),
      total: formatPages(total),
    },
  ];
}

function Visitors({ visitors, visitorsMargin }: Pick<BreakdownRow, "visitors" | "visitorsMargin">) {
  return (
    <>
      {formatCount(visitors)}
      {visitorsMargin !== null && <span class="breakdown-margin"> ± {formatCount(visitorsMargin)}</span>}
    </>
  );
}

type Visits = Pick<BreakdownRow, "pageviews" | "sessions">;

function perSession({ pageviews, sessions }: Visits): number {
  return sessions === 0 ? 0 : pageviews / sessions;
}

function formatPages(visits: Visits): string {
  return visits.sessions === 0 ? NO_VALUE : perSession(visits).toFixed(1);
}

function saleColumns({ total, currency }: Breakdown): Column<Row>[] {
  return [
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      wideOnly: true,
      explanation:
        "In these very visits. Credit by model, which earlier visits share, is by campaign and channel.",
      sortBy: (row) => (row.kind === "other" ? null : row.conversions),
      cell: (row) => formatCount(row.conversions),
      total: formatCount(total.conversions),
    },
    {
      key: "cvr",
      header: "CVR",
      numeric: true,
      wideOnly: true,
      explanation: "Conversions ÷ visitors.",
      sortBy: (row) => (row.kind === "other" ? null : (conversionRate(row) ?? 0)),
      cell: (row) => formatShare(row.isRest ? null : conversionRate(row)),
      total: formatShare(conversionRate(total)),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      explanation: "Of the conversions in these very visits, less refunds.",
      sortBy: (row) => (row.kind === "other" ? null : row.revenueMinor),
      share: (row) =>
        total.revenueMinor > 0 && !row.isRest ? Math.max(0, row.revenueMinor) / total.revenueMinor : 0,
      cell: (row) => formatMoney(row.revenueMinor, currency),
      total: formatMoney(total.revenueMinor, currency),
    },
  ];
}

function conversionRate({
  conversions,
  visitors,
}: Pick<BreakdownRow, "conversions" | "visitors">): number | null {
  return visitors === 0 ? null : conversions / visitors;
}
