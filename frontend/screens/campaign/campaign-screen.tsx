import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";

import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Page } from "#frontend/frame/page.tsx";
import { PageSkeleton } from "#frontend/frame/page-skeleton.tsx";
import { ViewControls } from "#frontend/frame/view-controls.tsx";
import { Badge } from "#frontend/parts/badge.tsx";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { Tabs } from "#frontend/parts/tabs.tsx";
import { STATUS_LABELS, STATUS_TONES } from "#frontend/screens/campaigns/status.ts";
import { useAnalyticsView } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { addressNow, useRedirect, withQuery } from "#frontend/state/use-query.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { AnalyticsTab } from "./analytics-tab.tsx";
import { StatusMenu } from "./status-menu.tsx";

const EventsTab = lazy(() => import("./events-tab.tsx").then((m) => m.EventsTab), PageSkeleton);
const ReportsTab = lazy(() => import("./reports-tab.tsx").then((m) => m.ReportsTab), PageSkeleton);
const SettingsTab = lazy(() => import("./settings-tab.tsx").then((m) => m.SettingsTab), PageSkeleton);

const FIRST_TAB = "analytics";

const TABS = [
  { key: "analytics", label: "Analytics" },
  { key: "events", label: "Events" },
  { key: "reports", label: "Reports" },
  { key: "settings", label: "Settings" },
] as const;

type ScreenProps = { params?: Record<string, string> };

/** One campaign, in four tabs that each have their own address. */
export function CampaignScreen({ params = {} }: ScreenProps) {
  const { id = "", tab } = params;
  const { path } = useLocation();
  const redirect = useRedirect();
  useEffect(() => {
    if (!tab) redirect(`${path}/${FIRST_TAB}${location.search}`);
  }, [tab, path, redirect]);
  return <LoadedCampaign key={id} id={id} tab={tab ?? FIRST_TAB} />;
}

function LoadedCampaign({ id, tab }: { id: string; tab: string }) {
  const resource = useResource<Campaign>(paths.campaign(id));
  const { sites } = useWorkspace();
  const campaign = resource.value;
  const site = sites.find((candidate) => candidate.id === campaign?.siteId);
  const isNamed = useNamedSite(site);

  if (resource.problem && !campaign) {
    return <ErrorState what="This campaign" problem={resource.problem} onRetry={resource.reload} />;
  }
  return campaign && site && isNamed ? (
    <CampaignPage campaign={campaign} site={site} tab={tab} />
  ) : (
    <PageSkeleton />
  );
}

/** The campaign says which site this is; a link with another site's id must not show that one in the rail. */
function useNamedSite(site: Site | undefined): boolean {
  const { query } = useLocation();
  const redirect = useRedirect();
  const isNamed = query.site === site?.id;
  useEffect(() => {
    if (site && !isNamed) redirect(withQuery(addressNow(), { site: site.id }));
  }, [site, isNamed, redirect]);
  return isNamed;
}

function CampaignPage({ campaign, site, tab }: { campaign: Campaign; site: Site; tab: string }) {
  const href = useHref();
  const view = useAnalyticsView(site);
  const isData = tab === "analytics";
  return (
    <Page
      title={campaign.name}
      back={{ href: href("/campaigns"), label: "Campaigns" }}
      aside={<Badge tone={STATUS_TONES[campaign.status]}>{STATUS_LABELS[campaign.status]}</Badge>}
      tools={
        <>
          {isData && <ViewControls view={view} />}
          <StatusMenu campaign={campaign} />
        </>
      }
    >
      <Tabs
        label="Campaign"
        tabs={TABS.map(({ key, label }) => ({
          href: href(`/campaigns/${campaign.id}/${key}`),
          label,
          current: key === tab,
        }))}
      />
      <CampaignTab campaign={campaign} tab={tab} />
    </Page>
  );
}

function CampaignTab({ campaign, tab }: { campaign: Campaign; tab: string }) {
  const site = useSite();
  if (tab === "events") return <EventsTab campaign={campaign} site={site} />;
  if (tab === "reports") return <ReportsTab campaign={campaign} site={site} />;
  if (tab === "settings") return <SettingsTab key={campaign.id} campaign={campaign} site={site} />;
  return <AnalyticsTab campaign={campaign} site={site} />;
}
