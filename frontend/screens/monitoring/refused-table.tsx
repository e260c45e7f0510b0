import type { Monitoring } from "#contract/monitoring.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";

type Refused = Monitoring["requests"]["refused"][number];

/** What was refused and what failed, by status and code. */
export function RefusedTable({ refused }: { refused: readonly Refused[] }) {
  return (
    <Card id="refused" title="Refused and failed" sub="4xx is a sender's fault, 5xx our own." flush>
      {refused.length === 0 ? (
        <EmptyState title="Nothing" picture="none" compact>
          Every request was answered as it was meant.
        </EmptyState>
      ) : (
        <DataTable
          caption="Refused and failed requests"
          columns={COLUMNS}
          rows={refused}
          keyOf={({ worker, status, code }) => `${worker} ${status} ${code ?? ""}`}
        />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<Refused>[] = [
  {
    key: "code",
    header: "Code",
    cell: ({ code, worker }) => (
      <>
        <span class="mono">{code ?? "no code"}</span>
        <span class="table-sub">{worker}</span>
      </>
    ),
  },
  {
    key: "status",
    header: "Status",
    cell: ({ status }) => <Badge tone={status >= 500 ? "bad" : "neutral"}>{String(status)}</Badge>,
  },
  {
    key: "requests",
    header: "Requests",
    numeric: true,
    sortBy: ({ requests }) => requests,
    cell: ({ requests }) => formatCount(requests),
  },
];
