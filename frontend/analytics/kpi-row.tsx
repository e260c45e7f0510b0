import type { ComponentChildren } from "preact";

import type { CampaignAnalytics, MissingBase, SiteAnalytics } from "#contract/analytics.ts";
import { KpiGrid, KpiTile } from "#frontend/parts/kpi-tile.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { missingReason, tileModel } from "./kpi-view.ts";
import { METRICS } from "./metrics.ts";
import type { MetricKey } from "./metrics.ts";

const TILES_A_ROW = 4;

type RowProps = {
  label: string;
  figures: CampaignAnalytics | SiteAnalytics;
  view: Pick<AnalyticsView, "than" | "isRunning">;
  metrics: readonly MetricKey[];
  /** What mends a missing base. */
  fix: (missing: MissingBase) => ComponentChildren;
};

/** Tiles without a chart: figures of the whole range. */
export function KpiRow({ label, figures, view, metrics, fix }: RowProps) {
  const { kpis, previous, days, basis } = figures;
  const { than, isRunning } = view;
  const facts = { kpis, previous, days, currency: basis.currency, than, isRunning };
  return (
    <KpiGrid label={label} columns={TILES_A_ROW} plain>
      {metrics.map((key) => {
        const metric = METRICS[key];
        const tile = tileModel(metric, facts);
        const { label: name, explanation } = metric;
        const { value, change, note } = tile;
        const missing =
          tile.missing && tile.value === null
            ? { reason: missingReason(tile.missing), fix: fix(tile.missing) }
            : {};
        return <KpiTile key={key} kpi={{ key, label: name, explanation, value, change, note, ...missing }} />;
      })}
    </KpiGrid>
  );
}

/** The true layout of the tiles, while their figures are on their way. */
export function KpiRowSkeleton({ tiles }: { tiles: number }) {
  return (
    <Skeleton label="figures">
      <div class="kpis kpis-plain" style={{ "--kpi-columns": String(TILES_A_ROW) }}>
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
    </Skeleton>
  );
}
