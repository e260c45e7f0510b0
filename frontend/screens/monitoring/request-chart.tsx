import type { Monitoring } from "#contract/monitoring.ts";
import { dayInZone, formatDayShort, formatHour, formatMinute } from "#frontend/format/date.ts";
import { formatCount, formatCounted } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";

type Step = { at: number; requests: number; errors: number };

const UNITS: Readonly<Record<number, string>> = { 60: "minute", 600: "ten minutes", 3_600: "hour" };

/** A column for each step, what failed at its foot. The steps without requests have none. */
export function RequestChart({ figures }: { figures: Monitoring }) {
  const steps = stepsOf(figures);
  const most = Math.max(1, ...steps.map(({ requests }) => requests));
  const step = UNITS[figures.stepSeconds] ?? "step";
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Card
      title={`Requests by ${step}`}
      sub="Of collect and the API, on your own clock. The foot of a column is what failed on our side."
      tools={<Legend />}
    >
      {figures.requests.total.requests === 0 ? (
        <EmptyState title="No request yet" picture="chart" compact>
          Each step with requests gets a column here, some seconds after they were answered.
        </EmptyState>
      ) : (
        <figure class="mon-chart" aria-label={summaryOf(figures, step)} role="img">
          <div class="mon-scale" aria-hidden="true">
            <span>{formatCount(most)}</span>
            <span>0</span>
          </div>
          <div class="mon-columns">
            {steps.map((one) => (
              <div key={one.at} class="mon-column" {...tipHandlers(sentence(one, zone))}>
                <span style={{ height: share(one.requests - one.errors, most) }} />
                <span class="mon-failed" style={{ height: share(one.errors, most) }} />
              </div>
            ))}
          </div>
          <div class="mon-axis muted" aria-hidden="true">
            {ticks(steps).map(({ at }) => (
              <span key={at}>
                {figures.range === "7d" ? formatDayShort(dayInZone(at, zone)) : formatHour(at, zone)}
              </span>
            ))}
          </div>
        </figure>
      )}
    </Card>
  );
}

function Legend() {
  return (
    <span class="mon-legend muted small">
      <i /> Answered <i class="mon-failed" /> Failed
    </span>
  );
}

/** Every step of the range, those without requests too. */
function stepsOf({ from, to, stepSeconds, requests }: Monitoring): Step[] {
  const stepMs = stepSeconds * 1_000;
  const known = new Map(requests.points.map((point) => [Date.parse(point.at), point]));
  const fromMs = Date.parse(from);
  const count = Math.ceil((Date.parse(to) - fromMs) / stepMs);
  return Array.from({ length: count }, (_, index) => {
    const at = fromMs + index * stepMs;
    const { requests: answered = 0, errors = 0 } = known.get(at) ?? {};
    return { at, requests: answered, errors };
  });
}

/** A failure is seen however many requests stand above it. */
function share(part: number, most: number): string {
  return part === 0 ? "0" : `max(2px, ${(part / most) * 100}%)`;
}

/** The first of each quarter of the range: more would not fit a phone. */
function ticks(steps: readonly Step[]): Step[] {
  return [0, 0.25, 0.5, 0.75].flatMap((part) => steps[Math.floor(part * steps.length)] ?? []);
}

function sentence({ at, requests, errors }: Step, zone: string): string {
  const failed = errors === 0 ? "none failed" : `${formatCount(errors)} failed`;
  return `${formatMinute(at, zone)}: ${formatCounted(requests, "request", "requests")}, ${failed}`;
}

function summaryOf({ requests: { total } }: Monitoring, step: string): string {
  return `${formatCounted(total.requests, "request", "requests")} by ${step}, ${formatCount(total.errors)} of them failed`;
}
