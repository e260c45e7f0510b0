import type { ProductMetrics } from "#contract/product-metrics.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCount, formatCounted, formatShare } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";

type Tile = {
  key: string;
  label: string;
  explanation: string;
  /** Null: there is nothing to measure. */
  value: string | null;
  of: string;
  target: string;
  isMet: boolean | null;
};

/** What the product has set itself, and whether it keeps to it. */
export function TargetTiles({ metrics }: { metrics: ProductMetrics }) {
  return (
    <section class="product-targets" aria-label="Targets">
      {tilesOf(metrics).map((tile) => (
        <div key={tile.key} class="card product-target" role="group" aria-label={tile.label}>
          <div class="product-target-head">
            <Term explanation={tile.explanation}>{tile.label}</Term>
            <Verdict isMet={tile.isMet} />
          </div>
          <div class={tile.value === null ? "product-figure product-none" : "product-figure num"}>
            {tile.value ?? "No data"}
          </div>
          <p class="product-of">
            {tile.of}
            <span>Target {tile.target}</span>
          </p>
        </div>
      ))}
    </section>
  );
}

function Verdict({ isMet }: { isMet: boolean | null }) {
  if (isMet === null) return <Badge plain>Not known</Badge>;
  return isMet ? <Badge tone="good">Met</Badge> : <Badge tone="bad">Missed</Badge>;
}

function tilesOf({ ttfv, completion, reports, errors }: ProductMetrics): Tile[] {
  return [
    {
      key: "ttfv",
      label: "Time to first value",
      explanation: "From registering to the first campaign: half of those who made one took no longer.",
      value: ttfv.times && formatDuration(ttfv.times.p50Ms),
      of: ttfv.times
        ? `Median of ${formatCounted(ttfv.times.n, "user", "users")}`
        : "Nobody has made a campaign yet",
      target: `below ${formatDuration(ttfv.target)}`,
      isMet: ttfv.isMet,
    },
    {
      key: "completion",
      label: "Campaign completion",
      explanation:
        "Of the campaigns created in these weeks, those with at least one report delivered by now.",
      value: completion.rate === null ? null : formatShare(completion.rate),
      of:
        completion.rate === null
          ? "No campaign was created"
          : `${formatCount(completion.completed)} of ${formatCounted(completion.created, "campaign", "campaigns")}, ${formatCounted(reports.delivered, "report", "reports")} delivered`,
      target: `above ${formatShare(completion.target)}`,
      isMet: completion.isMet,
    },
    {
      key: "errors",
      label: "Error rate",
      explanation: "Requests of the last 24 hours that collect and the API answered with 5xx.",
      value: errors.rate === null ? null : formatShare(errors.rate),
      of:
        errors.rate === null
          ? "No request was measured in 24 hours"
          : `${formatCount(errors.errors)} of ${formatCounted(errors.requests, "request", "requests")} in 24 hours`,
      target: `below ${formatShare(errors.target)}`,
      isMet: errors.isMet,
    },
  ];
}
