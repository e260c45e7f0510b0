import type { MonitoredDatabase } from "#contract/monitoring.ts";
import { formatBytes, formatDuration } from "#frontend/format/duration.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";

type Statement = NonNullable<MonitoredDatabase["slowest"]>[number];

/** Each database with its size, and the statements that take most of its time. */
export function DatabasesCard({ databases }: { databases: readonly MonitoredDatabase[] }) {
  return (
    <Card
      title="Databases"
      sub="Statements as pg_stat_statements keeps them: without the values they were run with."
      flush
    >
      {databases.map((database) => (
        <div key={database.name} class="mon-database">
          <div class="mon-database-head">
            <h3>{database.name}</h3>
            {database.isUp ? <Badge tone="good">Answers</Badge> : <Badge tone="bad">Away</Badge>}
            <span class="muted small">
              {database.bytes === null ? "no data" : formatBytes(database.bytes)}
            </span>
          </div>
          <Slowest database={database} />
        </div>
      ))}
    </Card>
  );
}

function Slowest({ database: { name, isUp, slowest } }: { database: MonitoredDatabase }) {
  if (!isUp) return <p class="mon-note muted small">What it holds is counted in no figure of this page.</p>;
  if (slowest === null) {
    return (
      <p class="mon-note muted small">
        No data on statements: the extension pg_stat_statements is not set up here.
      </p>
    );
  }
  return (
    <DataTable
      caption={`Statements of ${name} that take most time`}
      columns={COLUMNS}
      rows={slowest}
      keyOf={({ text }) => text}
    />
  );
}

const COLUMNS: readonly Column<Statement>[] = [
  { key: "text", header: "Statement", cell: ({ text }) => <code class="mon-statement">{text}</code> },
  {
    key: "calls",
    header: "Calls",
    numeric: true,
    wideOnly: true,
    sortBy: ({ calls }) => calls,
    cell: ({ calls }) => formatCount(calls),
  },
  {
    key: "mean",
    header: "Each",
    numeric: true,
    sortBy: ({ meanMs }) => meanMs,
    cell: ({ meanMs }) => formatDuration(meanMs),
  },
  {
    key: "total",
    header: "In all",
    numeric: true,
    sortBy: ({ totalMs }) => totalMs,
    cell: ({ totalMs }) => formatDuration(totalMs),
  },
];
