import type { RefusedRequests } from "#contract/tracking.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";

type Row = RefusedRequests["byCode"][number];

/** Requests that no site can be shown, because they named none that exists. */
export function RefusalsCard() {
  const resource = useResource<RefusedRequests>(paths.refusals());
  return (
    <Card
      title="Requests that named no site of ours"
      sub="Of the last 24 hours, about right: an unknown key, or a body that could not be read. Those of a site are in its tracking health."
      flush
    >
      <Loaded
        resource={resource}
        what="The requests"
        skeleton={<TableSkeleton label="requests" rows={2} />}
        compact
      >
        {({ byCode }) =>
          byCode.length === 0 ? (
            <EmptyState title="None" picture="none" compact>
              Every request named a site.
            </EmptyState>
          ) : (
            <DataTable
              caption="Requests that named no site of ours"
              columns={COLUMNS}
              rows={byCode}
              keyOf={({ code }) => code}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "code", header: "Reason", cell: ({ code }) => <code class="mono">{code}</code> },
  { key: "requests", header: "Requests", numeric: true, cell: ({ requests }) => formatCount(requests) },
];
