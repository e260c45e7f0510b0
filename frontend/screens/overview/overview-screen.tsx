import type { SiteAnalytics } from "#contract/analytics.ts";
import type { Site } from "#contract/sites.ts";
import { BasisLine, OtherCurrencies } from "#frontend/analytics/basis-line.tsx";
import { BreakdownCard } from "#frontend/analytics/breakdown-card.tsx";
import { CampaignTable } from "#frontend/analytics/campaign-table.tsx";
import { ChannelTable } from "#frontend/analytics/channel-table.tsx";
import { FiguresPanel, FiguresSkeleton } from "#frontend/analytics/figures-panel.tsx";
import type { MetricKey } from "#frontend/analytics/metrics.ts";
import { isQuiet } from "#frontend/analytics/totals.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { readableHost } from "#frontend/format/host.ts";
import { Page } from "#frontend/frame/page.tsx";
import { ViewControls } from "#frontend/frame/view-controls.tsx";
import { LinkButton } from "#frontend/parts/button.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { useAnalyticsView } from "#frontend/state/analytics-view.ts";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";

const METRICS: readonly MetricKey[] = [
  "revenue",
  "conversions",
  "visitors",
  "spend",
  "roas",
  "roi",
  "cpa",
  "cvr",
];
/** The current hour is rolled up every minute. */
const REFRESH_MS = 60_000;

/** The site at a glance: what came in, from which campaigns and channels. */
export function OverviewScreen() {
  const site = useSite();
  const view = useAnalyticsView(site);
  const resource = useResource<SiteAnalytics>(paths.siteAnalytics(site.id, view.options), {
    everyMs: REFRESH_MS,
  });

  if (site.firstEventAt === null && resource.value && isQuiet(resource.value.kpis))
    return <NothingYet site={site} />;
  return (
    <Page title="Overview" tools={<ViewControls view={view} />}>
      <Loaded resource={resource} what="The overview" skeleton={<FiguresSkeleton tiles={METRICS.length} />}>
        {(figures) => <Figures figures={figures} site={site} view={view} />}
      </Loaded>
    </Page>
  );
}

function Figures({ figures, site, view }: { figures: SiteAnalytics; site: Site; view: AnalyticsView }) {
  const href = useHref();
  return (
    <div class="stack">
      <OtherCurrencies basis={figures.basis} />
      <FiguresPanel
        label="Key figures of the site"
        figures={figures}
        view={view}
        metrics={METRICS}
        fix={(missing, metric) => {
          if (missing === "currency_mismatch")
            return <a href={`${href("/spend")}#rates`}>Look at the rates</a>;
          return missing === "no_spend" ? <a href={href("/spend")}>Add spend to see {metric}</a> : null;
        }}
      />
      <CampaignTable figures={figures} />
      <ChannelTable figures={figures} />
      <BasisLine basis={figures.basis} visitorsMargin={figures.kpis.visitorsMargin} />
      <BreakdownCard site={site} view={view} campaigns={figures.campaigns} />
    </div>
  );
}

function NothingYet({ site }: { site: Site }) {
  const href = useHref();
  return (
    <Page title="Overview">
      <EmptyState
        title={`Nothing has come in from ${readableHost(site.domain)} yet`}
        picture="chart"
        action={
          <LinkButton kind="primary" href={href("/welcome", { step: "install" })}>
            Add the snippet
          </LinkButton>
        }
      >
        Here you will see revenue, spend and what each campaign earned, by day. It begins with one line of
        HTML on your pages.
      </EmptyState>
    </Page>
  );
}
