import { useState } from "preact/hooks";

import type { Monitoring } from "#contract/monitoring.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";

type Route = Monitoring["requests"]["routes"][number];
type Summed = Omit<Route, "route" | "method">;

const SHOWN = 12;
const WORKER_WORDS = {
  collect: "collect, at the edge",
  api: "the API",
  jobs: "jobs, batches of queues",
} as const;

/** Every route and queue with how often it was asked and how long it took; the Workers' own sums above. */
export function RoutesCard({ requests }: { requests: Monitoring["requests"] }) {
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? requests.routes : requests.routes.slice(0, SHOWN);
  return (
    <Card
      title="Latency by route"
      sub="From merged histograms, within one per cent: time spent waiting until the answer began. Of a queue: until a batch was done."
      flush
    >
      {requests.routes.length === 0 ? (
        <EmptyState title="Nothing was measured" compact>
          Each route that was asked in this range gets a row here.
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="Latency by Worker"
            columns={[WORKER, ...figureColumns<Monitoring["requests"]["workers"][number]>()]}
            rows={requests.workers}
            keyOf={({ worker }) => worker}
          />
          <DataTable
            caption="Latency by route"
            columns={[ROUTE, ...figureColumns<Route>()]}
            rows={rows}
            keyOf={({ worker, method, route }) => `${worker} ${method} ${route}`}
            initialSort={{ key: "requests", direction: "desc" }}
          />
          {requests.routes.length > SHOWN && (
            <div class="mon-more">
              <Button onClick={() => setWhole(!isWhole)}>
                {isWhole ? "Show the most asked" : `Show all ${formatCount(requests.routes.length)}`}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

const WORKER: Column<Monitoring["requests"]["workers"][number]> = {
  key: "worker",
  header: "Worker",
  cell: ({ worker }) => WORKER_WORDS[worker],
};

const ROUTE: Column<Route> = {
  key: "route",
  header: "Route",
  sortBy: ({ route }) => route,
  cell: ({ worker, method, route }) => (
    <span class="mon-route">
      <span class="mono">{route}</span>
      <span class="table-sub">
        {method} · {worker}
      </span>
    </span>
  ),
};

function figureColumns<T extends Summed>(): Column<T>[] {
  const latency = (key: "p50" | "p95" | "p99", explanation: string): Column<T> => ({
    key,
    header: key,
    explanation,
    numeric: true,
    wideOnly: key === "p99",
    sortBy: (row) => row.latency[key],
    cell: (row) => formatDuration(row.latency[key]),
  });
  return [
    {
      key: "requests",
      header: "Requests",
      numeric: true,
      sortBy: ({ requests }) => requests,
      cell: ({ requests }) => formatCount(requests),
    },
    {
      key: "errors",
      header: "Failed",
      explanation: "Answered with 5xx, or a batch of which something comes again",
      numeric: true,
      wideOnly: true,
      sortBy: ({ errorRate }) => errorRate,
      cell: ({ errors, errorRate }) =>
        errors === 0 ? <span class="muted">0</span> : <span class="mon-bad">{formatShare(errorRate)}</span>,
    },
    latency("p50", "Half of all took no longer"),
    latency("p95", "95 of 100 took no longer"),
    latency("p99", "99 of 100 took no longer"),
  ];
}
