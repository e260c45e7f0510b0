import "./product-metrics.css";

import type { ProductMetrics } from "#contract/product-metrics.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatDay } from "#frontend/format/date.ts";
import { NotFound } from "#frontend/frame/not-found.tsx";
import { Page } from "#frontend/frame/page.tsx";
import { PageSkeleton } from "#frontend/frame/page-skeleton.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { CohortsCard } from "./cohorts-card.tsx";
import { FunnelCard } from "./funnel-card.tsx";
import { TargetTiles } from "./target-tiles.tsx";
import { TimesCard } from "./times-card.tsx";

const WEEKS = [
  { value: "4", label: "4 weeks" },
  { value: "12", label: "12 weeks" },
  { value: "26", label: "26 weeks" },
] as const;

/** Whether users get to what the product is for; for whoever runs the installation. */
export function ProductMetricsScreen() {
  const { me } = useWorkspace();
  return me.superadmin ? <ProductMetricsPage /> : <NotFound />;
}

function ProductMetricsPage() {
  const [query, setQuery] = useQuery();
  const weeks = WEEKS.find(({ value }) => value === query.weeks)?.value ?? "12";
  const resource = useResource<ProductMetrics>(paths.productMetrics(weeks));
  const range = resource.value?.range;
  return (
    <Page
      title="Product metrics"
      aside={
        <span class="muted">
          {range ? `${formatDay(range.from)} – ${formatDay(range.to)}, UTC` : "All of this installation"}
        </span>
      }
      tools={
        <Segments
          label="Weeks of registering"
          value={weeks}
          options={WEEKS}
          onValue={(value) => setQuery({ weeks: value === "12" ? null : value }, true)}
        />
      }
    >
      <Loaded resource={resource} what="The product metrics" skeleton={<PageSkeleton />}>
        {(metrics) => (
          <div class="stack" style={{ "--gap": "16px" }}>
            <TargetTiles metrics={metrics} />
            <div class="product-pair">
              <FunnelCard metrics={metrics} />
              <TimesCard ttfv={metrics.ttfv} />
            </div>
            <CohortsCard cohorts={metrics.cohorts} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
