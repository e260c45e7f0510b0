import type { ChannelRow } from "#contract/analytics.ts";
import { channelLabel } from "#frontend/format/channel.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatCredit, NO_VALUE } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { ChannelName } from "#frontend/parts/channel.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { missingCredit, sumOf, UNATTRIBUTED } from "./totals.ts";
import type { Figures } from "./figures-panel.tsx";

type Row = Omit<ChannelRow, "isRevenueForeign"> & { isRest?: boolean };

/** Where it came from, by channel; the rows add up to the tiles. */
export function ChannelTable({ figures }: { figures: Figures }) {
  const { channels, kpis, basis } = figures;
  const rest = missingCredit(channels, kpis);
  const rows: Row[] = rest ? [...channels, restRow(rest)] : channels;
  const isEmpty = rows.length === 0;
  return (
    <Card title="Channels" flush={!isEmpty}>
      {isEmpty ? (
        <EmptyState title="No channel yet" compact>
          As soon as visitors come, this shows from where, and what they bought.
        </EmptyState>
      ) : (
        <DataTable
          caption="Channels"
          columns={columns(rows, kpis.visitors, basis.currency)}
          rows={rows}
          keyOf={(row) => row.channel}
          initialSort={{ key: "revenue", direction: "desc" }}
        />
      )}
    </Card>
  );
}

function restRow(rest: { conversions: number; revenueMinor: number }): Row {
  return {
    channel: UNATTRIBUTED,
    impressions: 0,
    clicks: 0,
    sessions: 0,
    visitors: 0,
    ...rest,
    isRest: true,
  };
}

function columns(rows: readonly Row[], visitors: number, currency: string): Column<Row>[] {
  return [...visitColumns(rows, visitors), ...creditColumns(rows, currency)];
}

function visitColumns(rows: readonly Row[], visitors: number): Column<Row>[] {
  const sessions = sumOf(rows, (row) => row.sessions);
  const unless = (row: Row, text: string) => (row.isRest ? NO_VALUE : text);
  return [
    {
      key: "channel",
      header: "Channel",
      sortBy: (row) => (row.isRest ? null : channelLabel(row.channel)),
      cell: (row) =>
        row.isRest ? <span class="muted">{UNATTRIBUTED}</span> : <ChannelName channel={row.channel} />,
    },
    {
      key: "visitors",
      header: "Visitors",
      wideOnly: true,
      numeric: true,
      explanation: "Someone seen in two channels counts in both, and once in the total.",
      sortBy: (row) => (row.isRest ? null : row.visitors),
      cell: (row) => unless(row, formatCount(row.visitors)),
      total: formatCount(visitors),
    },
    {
      key: "sessions",
      header: "Sessions",
      wideOnly: true,
      numeric: true,
      explanation: "Visits without a pause of 30 minutes.",
      sortBy: (row) => (row.isRest ? null : row.sessions),
      cell: (row) => unless(row, formatCount(row.sessions)),
      total: formatCount(sessions),
    },
  ];
}

function creditColumns(rows: readonly Row[], currency: string): Column<Row>[] {
  const conversions = sumOf(rows, (row) => row.conversions);
  const revenue = sumOf(rows, (row) => row.revenueMinor);
  return [
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      sortBy: (row) => (row.isRest ? null : row.conversions),
      cell: (row) => formatCredit(row.conversions),
      total: formatCredit(conversions),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      sortBy: (row) => (row.isRest ? null : row.revenueMinor),
      share: (row) => (revenue > 0 ? row.revenueMinor / revenue : 0),
      cell: (row) => formatMoney(row.revenueMinor, currency),
      total: formatMoney(revenue, currency),
    },
  ];
}
