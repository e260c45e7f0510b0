import type { ProductMetrics } from "#contract/product-metrics.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { STEP_WORDS } from "./step-words.ts";

type Row = { key: string; label: string; users: number; share: number; time: string };

/** How many users got how far, and how long half of them took. */
export function FunnelCard({ metrics }: { metrics: ProductMetrics }) {
  return (
    <Card
      title="The way to a report"
      sub="Of those who registered in these weeks. Each step is counted by itself, and timed from registering."
    >
      {metrics.registered === 0 ? (
        <EmptyState title="Nobody registered" picture="none" compact>
          In these weeks no account was opened.
        </EmptyState>
      ) : (
        <ol class="funnel">
          {rowsOf(metrics).map(({ key, label, users, share, time }) => (
            <li key={key} class="funnel-step">
              <span class="funnel-name">{label}</span>
              <span class="funnel-users num">
                {formatCount(users)}
                <span class="muted"> · {formatShare(share)}</span>
              </span>
              <span class="funnel-track" aria-hidden="true">
                <i style={{ width: `${share * 100}%` }} />
              </span>
              <span class="funnel-time">{time}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function rowsOf({ registered, steps }: ProductMetrics): Row[] {
  const first = { key: "registered", label: "Registered", users: registered, share: 1, time: "" };
  const rows = steps.map(({ step, users, share, times }) => ({
    key: step,
    label: STEP_WORDS[step],
    users,
    share: share ?? 0,
    time: times
      ? `half within ${formatDuration(times.p50Ms)}, nine in ten within ${formatDuration(times.p90Ms)}`
      : "nobody yet",
  }));
  return [first, ...rows];
}
