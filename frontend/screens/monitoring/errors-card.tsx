import type { ErrorGroup } from "#contract/monitoring.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";

/** Errors of one kind are one row. What people have said was taken out of them before they were kept. */
export function ErrorsCard({ errors }: { errors: readonly ErrorGroup[] }) {
  return (
    <Card
      title="Recent errors"
      sub="One row a kind, last seen in this range. Addresses, ids and values are taken out before they are kept."
      flush
    >
      {errors.length === 0 ? (
        <EmptyState title="No error" picture="none" compact>
          None was seen in this range.
        </EmptyState>
      ) : (
        <DataTable
          caption="Recent errors"
          columns={COLUMNS}
          rows={errors}
          keyOf={({ fingerprint }) => fingerprint}
        />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<ErrorGroup>[] = [
  {
    key: "error",
    header: "Error",
    cell: ({ event, name, message, worker }) => (
      <span class="mon-error">
        <span class="mono">{name === event ? event : `${event}: ${name}`}</span>
        <span class="table-sub">
          {worker}
          {message === "" ? "" : ` · ${message}`}
        </span>
      </span>
    ),
  },
  {
    key: "count",
    header: "Count",
    explanation: "Since it was first seen",
    numeric: true,
    sortBy: ({ count }) => count,
    cell: ({ count }) => formatCount(count),
  },
  {
    key: "last",
    header: "Last seen",
    sortBy: ({ lastSeenAt }) => lastSeenAt,
    cell: ({ lastSeenAt }) => <span class="nowrap">{formatAgo(lastSeenAt)}</span>,
  },
  {
    key: "first",
    header: "First seen",
    wideOnly: true,
    sortBy: ({ firstSeenAt }) => firstSeenAt,
    cell: ({ firstSeenAt }) => <span class="nowrap">{formatAgo(firstSeenAt)}</span>,
  },
  {
    key: "request",
    header: "A request",
    explanation:
      "The id of one request with this error: it is in the log of every Worker that had to do with it",
    wideOnly: true,
    cell: ({ sampleRequestId }) =>
      sampleRequestId === null ? (
        <span class="muted">none</span>
      ) : (
        <span class="mono mon-request">{sampleRequestId}</span>
      ),
  },
];
