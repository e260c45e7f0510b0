import type { Monitoring } from "#contract/monitoring.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCompact, formatCount, formatShare } from "#frontend/format/number.ts";
import { KpiGrid, KpiTile } from "#frontend/parts/kpi-tile.tsx";
import type { KpiView } from "#frontend/parts/kpi-tile.tsx";

const MINUTE_MS = 60_000;

/** What is looked at first. */
export function KeyFigures({ figures }: { figures: Monitoring }) {
  return (
    <KpiGrid label="Key figures" columns={6} plain>
      {[...trafficTiles(figures), ...waitingTiles(figures)].map((kpi) => (
        <KpiTile key={kpi.key} kpi={{ change: null, ...kpi }} />
      ))}
    </KpiGrid>
  );
}

type Tile = Omit<KpiView, "change">;

function trafficTiles({ requests: { total }, from, asOf }: Monitoring): Tile[] {
  const minutes = Math.max(1, (Date.parse(asOf) - Date.parse(from)) / MINUTE_MS);
  const reason = "No request in this range";
  const has = total.requests > 0;
  return [
    {
      key: "requests",
      label: "Requests a minute",
      explanation: "What collect and the API answered, on average over the range.",
      value: has ? formatCompact(Math.round((total.requests / minutes) * 10) / 10) : null,
      reason,
    },
    {
      key: "errors",
      label: "Error rate",
      explanation: "The part of all requests that was answered with 5xx: our own faults, not a sender's.",
      value: total.errorRate === null ? null : formatShare(total.errorRate),
      reason,
    },
    {
      key: "latency",
      label: "Latency, 95 of 100",
      explanation:
        "95 of 100 requests began to be answered within this time. A Worker's clock moves only while it waits, so this is waiting, not computing.",
      value: has ? formatDuration(total.latency.p95) : null,
      reason,
    },
  ];
}

function waitingTiles({ ingest: { lag }, queues, activeUsers }: Monitoring): Tile[] {
  return [
    {
      key: "lag",
      label: "Ingest lag, 95 of 100",
      explanation: "From receiving a body until its events are stored, for 95 of 100 bodies.",
      value: lag ? formatDuration(lag.p95 * 1_000) : null,
      reason: "No body was stored in this range",
    },
    {
      key: "waiting",
      label: "Waiting in queues",
      explanation: "Bodies that collect accepted in the last 24 hours and jobs has not taken up yet.",
      value: queues.waiting === null ? null : formatCount(queues.waiting),
      reason: "No body in the last 24 hours",
    },
    {
      key: "users",
      label: "Active users",
      explanation: "People who were signed in and used the dashboard in this range; noted every ten minutes.",
      value: formatCount(activeUsers),
    },
  ];
}
