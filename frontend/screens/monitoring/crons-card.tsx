import type { MonitoredCron } from "#contract/monitoring.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";

/** Every task of the crons: whether it runs, how long it takes, when it last went well. */
export function CronsCard({ crons }: { crons: readonly MonitoredCron[] }) {
  return (
    <Card id="crons" title="Cron tasks" sub="Of every minute and of every hour, one after the other." flush>
      {crons.length === 0 ? (
        <EmptyState title="No cron has run" compact>
          Each task gets a row here after its first run.
        </EmptyState>
      ) : (
        <DataTable caption="Cron tasks" columns={COLUMNS} rows={crons} keyOf={({ task }) => task} />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<MonitoredCron>[] = [
  {
    key: "task",
    header: "Task",
    sortBy: ({ task }) => task,
    cell: ({ task }) => <span class="mono">{task}</span>,
  },
  {
    key: "state",
    header: "Last run",
    cell: ({ lastStartedAt, lastError }) =>
      lastError === null ? (
        <Badge tone="good">Done {lastStartedAt === null ? "" : formatAgo(lastStartedAt)}</Badge>
      ) : (
        <Badge tone="bad">Failed: {lastError}</Badge>
      ),
  },
  {
    key: "success",
    header: "Last success",
    wideOnly: true,
    cell: ({ lastSuccessAt }) => (lastSuccessAt === null ? "none in 30 days" : formatAgo(lastSuccessAt)),
  },
  {
    key: "runs",
    header: "Runs",
    numeric: true,
    wideOnly: true,
    sortBy: ({ runs }) => runs,
    cell: ({ runs }) => formatCount(runs),
  },
  {
    key: "failures",
    header: "Failed",
    numeric: true,
    sortBy: ({ failures }) => failures,
    cell: ({ failures }) => (failures === 0 ? "0" : <span class="mon-bad">{formatCount(failures)}</span>),
  },
  {
    key: "last",
    header: "Took",
    explanation: "The last run, and the longest in this range under it",
    numeric: true,
    sortBy: ({ lastMs }) => lastMs,
    cell: ({ lastMs, longestMs }) => (
      <>
        {formatDuration(lastMs)}
        <span class="table-sub">
          {longestMs === null ? "no run in range" : `≤ ${formatDuration(longestMs)}`}
        </span>
      </>
    ),
  },
];
