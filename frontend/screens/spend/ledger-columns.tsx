import type { LedgerRow, SpendLedger } from "#contract/spend.ts";
import { formatDay } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { IconButton } from "#frontend/parts/button.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { DEAL_WORDS, rateLabel, shortRate, sourceLabel } from "./spend-words.ts";

export type LedgerActs = { onEdit: ((row: LedgerRow) => void) | null; onDelete: (row: LedgerRow) => void };

/** Columns of the ledger; rates only where a row has another currency. */
export function ledgerColumns(ledger: SpendLedger, acts: LedgerActs): Column<LedgerRow>[] {
  const { currency, currencies, total } = ledger;
  return [
    { key: "day", header: "Day", cell: (row) => <DayCell row={row} />, total: "Total" },
    { key: "campaign", header: "Campaign", wideOnly: true, cell: (row) => row.campaign },
    { key: "source", header: "Source", wideOnly: true, cell: (row) => <SourceCell row={row} /> },
    { key: "note", header: "Note", wideOnly: true, cell: (row) => <span class="muted">{row.note}</span> },
    ...(currencies.length === 0 ? [] : foreignColumns()),
    {
      key: "converted",
      header: `In ${currency}`,
      explanation: "What counts: a day's total is converted with its rate, then split over its rows.",
      numeric: true,
      cell: (row) => <ConvertedCell row={row} currency={currency} />,
      total: total.spendMinor === null ? NO_VALUE : formatMoney(total.spendMinor, currency),
    },
    ...(acts.onEdit ? [actsColumn(acts)] : []),
  ];
}

/** On a phone the campaign stands under its day. */
function DayCell({ row: { day, campaign } }: { row: LedgerRow }) {
  return (
    <>
      {formatDay(day)}
      <span class="table-sub table-narrow">{campaign}</span>
    </>
  );
}

function foreignColumns(): Column<LedgerRow>[] {
  return [
    {
      key: "amount",
      header: "Amount",
      numeric: true,
      wideOnly: true,
      cell: ({ amount }) => formatMoney(amount.minor, amount.currency),
    },
    {
      key: "rate",
      header: "Rate",
      explanation: "What one unit of the row's currency was worth on its day.",
      numeric: true,
      wideOnly: true,
      cell: ({ rate }) => rate && <Term explanation={rateLabel(rate)}>{shortRate(rate)}</Term>,
    },
  ];
}

function SourceCell({ row }: { row: LedgerRow }) {
  const label = sourceLabel(row);
  return row.deal ? <Term explanation={DEAL_WORDS[row.deal.kind].explanation}>{label}</Term> : <>{label}</>;
}

function ConvertedCell({ row, currency }: { row: LedgerRow; currency: string }) {
  const { amount, convertedMinor, isCounted } = row;
  if (convertedMinor !== null) return <>{formatMoney(convertedMinor, currency)}</>;
  const own = formatMoney(amount.minor, amount.currency);
  if (isCounted) {
    return <Term explanation={`No rate to ${currency} within seven days before.`}>{own}</Term>;
  }
  return (
    <Term explanation="Not counted: spend was entered for this campaign and day, and that is what it cost.">
      <s>{own}</s>
    </Term>
  );
}

function actsColumn({ onEdit, onDelete }: LedgerActs): Column<LedgerRow> {
  return {
    key: "acts",
    header: "Actions",
    quiet: true,
    numeric: true,
    cell: (row) =>
      row.deal === null && (
        <>
          <IconButton
            small
            icon="edit"
            label={`Change the spend of ${row.campaign} on ${formatDay(row.day)}`}
            onClick={() => onEdit?.(row)}
          />
          <IconButton
            small
            icon="trash"
            label={`Delete the spend of ${row.campaign} on ${formatDay(row.day)}`}
            onClick={() => onDelete(row)}
          />
        </>
      ),
  };
}
