import type { CampaignAnalytics } from "#contract/analytics.ts";
import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { AttributionCard } from "#frontend/analytics/attribution-card.tsx";
import { BasisLine, OtherCurrencies } from "#frontend/analytics/basis-line.tsx";
import { BreakdownCard } from "#frontend/analytics/breakdown-card.tsx";
import { ChannelTable } from "#frontend/analytics/channel-table.tsx";
import { FiguresPanel, FiguresSkeleton } from "#frontend/analytics/figures-panel.tsx";
import { KpiRow } from "#frontend/analytics/kpi-row.tsx";
import type { MetricKey } from "#frontend/analytics/metrics.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { useAnalyticsView } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { MeasureNotice } from "./measure-notice.tsx";

const METRICS: readonly MetricKey[] = [
  "revenue",
  "conversions",
  "visitors",
  "clicks",
  "spend",
  "roas",
  "roi",
  "cpa",
  "cvr",
  "ctr",
];
/** Where a margin is known. */
const MARGIN_METRICS: readonly MetricKey[] = [
  "roiWithMargin",
  "breakEvenRoas",
  "breakEvenCpa",
  "paybackDays",
];
const REFRESH_MS = 60_000;

/** What the campaign brought and cost, by day, by channel and by model. */
export function AnalyticsTab({ campaign, site }: { campaign: Campaign; site: Site }) {
  const href = useHref();
  const view = useAnalyticsView(site);
  const resource = useResource<CampaignAnalytics>(paths.campaignAnalytics(campaign.id, view.options), {
    everyMs: REFRESH_MS,
  });
  const ratesHref = `${href("/spend")}#rates`;
  const spendHref = href(`/campaigns/${campaign.id}/settings`, { part: "spend" });
  return (
    <>
      <Loaded resource={resource} what="The figures" skeleton={<FiguresSkeleton tiles={METRICS.length} />}>
        {(figures) => (
          <div class="stack">
            <MeasureNotice campaign={campaign} figures={figures} />
            <OtherCurrencies basis={figures.basis} />
            <FiguresPanel
              label="Key figures of the campaign"
              figures={figures}
              view={view}
              metrics={METRICS}
              fix={(missing, metric) => {
                if (missing === "currency_mismatch") return <a href={ratesHref}>Look at the rates</a>;
                return missing === "no_spend" ? <a href={spendHref}>Add spend to see {metric}</a> : null;
              }}
            />
            {figures.kpis.grossProfitMinor !== null && (
              <KpiRow
                label="What the margin leaves"
                figures={figures}
                view={view}
                metrics={MARGIN_METRICS}
                fix={(missing) => {
                  if (missing === "currency_mismatch") return <a href={ratesHref}>Look at the rates</a>;
                  return missing === "no_spend" && <a href={spendHref}>Add spend</a>;
                }}
              />
            )}
            <ChannelTable figures={figures} />
            <BasisLine basis={figures.basis} visitorsMargin={figures.kpis.visitorsMargin} />
          </div>
        )}
      </Loaded>
      <BreakdownCard site={site} view={view} campaignId={campaign.id} />
      <AttributionCard site={site} view={view} highlight={campaign.id} />
    </>
  );
}
