import type { ProductMetrics, StepTimes } from "#contract/product-metrics.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCount, formatCounted } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";

type Ttfv = ProductMetrics["ttfv"];

/** How times to first value are spread, and where their percentiles lie. */
export function TimesCard({ ttfv }: { ttfv: Ttfv }) {
  const sub = "From registering to the first campaign. A percentile is the time somebody really took.";
  return (
    <Card title="Time to first value" sub={sub}>
      {ttfv.times ? (
        <>
          <Bars ttfv={ttfv} />
          <Percentiles times={ttfv.times} />
        </>
      ) : (
        <EmptyState title="No data" picture="none" compact>
          Nobody who registered in these weeks has made a campaign yet.
        </EmptyState>
      )}
    </Card>
  );
}

function Bars({ ttfv: { bars, target } }: { ttfv: Ttfv }) {
  const most = Math.max(1, ...bars.map(({ users }) => users));
  const names = bars.map(({ upToMs }, index) => nameOf(upToMs, bars[index - 1]?.upToMs ?? 0));
  return (
    <figure class="times-figure">
      <div class="times-bars" aria-hidden="true">
        {bars.map(({ upToMs, users }, index) => (
          <div
            key={names[index]}
            class={upToMs !== null && upToMs <= target ? "times-column" : "times-column times-late"}
            {...tipHandlers(`${names[index]}: ${formatCounted(users, "user", "users")}`)}
          >
            <span class="times-count num">{users === 0 ? "" : formatCount(users)}</span>
            <span class="times-bar" style={{ height: `${(users / most) * 112}px` }} />
            <span class="times-name num">{upToMs === null ? "more" : shortOf(upToMs)}</span>
          </div>
        ))}
      </div>
      <table class="sr-only">
        <caption>Users by time to first value</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Users</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ users }, index) => (
            <tr key={names[index]}>
              <th scope="row">{names[index]}</th>
              <td>{formatCount(users)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const HOUR_MS = 3_600_000;

/** "15 m", "4 h", "3 d": ten of them stand side by side. */
function shortOf(ms: number): string {
  if (ms < HOUR_MS) return `${ms / 60_000} m`;
  return ms < 24 * HOUR_MS ? `${ms / HOUR_MS} h` : `${ms / (24 * HOUR_MS)} d`;
}

function nameOf(upToMs: number | null, fromMs: number): string {
  if (upToMs === null) return `More than ${shortOf(fromMs)}`;
  return fromMs === 0 ? `Up to ${shortOf(upToMs)}` : `${shortOf(fromMs)} to ${shortOf(upToMs)}`;
}

function Percentiles({ times }: { times: StepTimes }) {
  const facts: readonly (readonly [string, string])[] = [
    ["p50", formatDuration(times.p50Ms)],
    ["p75", formatDuration(times.p75Ms)],
    ["p90", formatDuration(times.p90Ms)],
    ["p95", formatDuration(times.p95Ms)],
    ["Mean", formatDuration(times.meanMs)],
    ["Users", formatCount(times.n)],
  ];
  return (
    <dl class="times-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
