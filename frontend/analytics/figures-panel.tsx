import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";

import type { CampaignAnalytics, MissingBase, SiteAnalytics } from "#contract/analytics.ts";
import { Card } from "#frontend/parts/card.tsx";
import { KpiGrid, KpiTile } from "#frontend/parts/kpi-tile.tsx";
import { IconButton } from "#frontend/parts/button.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { TimeChart } from "#frontend/parts/time-chart.tsx";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { chartModel } from "./chart-of-metric.ts";
import { missingReason, tileModel } from "./kpi-view.ts";
import { METRICS } from "./metrics.ts";
import type { MetricKey } from "./metrics.ts";

export type Figures = CampaignAnalytics | SiteAnalytics;

type PanelProps = {
  label: string;
  figures: Figures;
  view: AnalyticsView;
  metrics: readonly MetricKey[];
  /** The button that mends a missing base. */
  fix: (missing: MissingBase, metricLabel: string) => ComponentChildren;
};

/** The tiles, and the chart of the one that is selected; which one is in the URL. */
export function FiguresPanel({ label, figures, view, metrics, fix }: PanelProps) {
  const [query, setQuery] = useQuery();
  const selected = metrics.find((key) => key === query.metric) ?? metrics[0] ?? "revenue";
  const { kpis, previous, days, basis } = figures;
  const { than, isRunning } = view;
  const facts = { kpis, previous, days, currency: basis.currency, than, isRunning };

  return (
    <>
      <KpiGrid label={label} columns={metrics.length / 2}>
        {metrics.map((key) => {
          const metric = METRICS[key];
          const tile = tileModel(metric, facts);
          return (
            <KpiTile
              key={key}
              selected={key === selected}
              onSelect={(next) => setQuery({ metric: next === metrics[0] ? null : next }, true)}
              kpi={{
                key,
                label: metric.label,
                explanation: metric.explanation,
                value: tile.value,
                change: tile.change,
                note: tile.note,
                trend: tile.trend,
                ...(tile.missing && tile.value === null
                  ? { reason: missingReason(tile.missing), fix: fix(tile.missing, metric.label) }
                  : {}),
              }}
            />
          );
        })}
      </KpiGrid>
      <MetricChart metricKey={selected} figures={figures} view={view} />
    </>
  );
}

function MetricChart({
  metricKey,
  figures,
  view,
}: {
  metricKey: MetricKey;
  figures: Figures;
  view: AnalyticsView;
}) {
  const [asTable, setAsTable] = useState(false);
  const model = useMemo(() => chartModel(metricKey, figures, view), [metricKey, figures, view]);
  return (
    <Card
      title={`${model.label} by day`}
      sub={METRICS[metricKey].explanation}
      tools={
        <IconButton
          icon={asTable ? "overview" : "table"}
          label={asTable ? "Show as a chart" : "Show as a table"}
          small
          onClick={() => setAsTable(!asTable)}
        />
      }
    >
      <TimeChart model={model} asTable={asTable} />
    </Card>
  );
}

/** The true layout of the panel, while its figures are on their way. */
export function FiguresSkeleton({ tiles }: { tiles: number }) {
  return (
    <Skeleton label="figures">
      <div class="stack">
        <div class="kpis" style={{ "--kpi-columns": String(tiles / 2) }}>
          {Array.from({ length: tiles }, (_, index) => (
            <div key={index} class="kpi">
              <Bone width="48%" height={14} />
              <span style={{ height: "6px" }} />
              <Bone width="66%" height={28} />
              <span style={{ height: "6px" }} />
              <Bone width="80%" height={12} />
            </div>
          ))}
        </div>
        <div class="card">
          <div class="card-body" style={{ height: "382px" }}>
            <Bone width={160} height={18} />
            <span style={{ display: "block", height: "28px" }} />
            <Bone height={264} />
          </div>
        </div>
      </div>
    </Skeleton>
  );
}
