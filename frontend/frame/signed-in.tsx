import { useEffect } from "preact/hooks";
import { Route, Router, useLocation } from "preact-iso";

import type { Me } from "#contract/accounts.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { rememberedSite, rememberSite, WorkspaceContext } from "#frontend/state/workspace.ts";
import { Frame } from "./frame.tsx";
import { NotFound } from "./not-found.tsx";
import { PageSkeleton } from "./page-skeleton.tsx";
import { SiteGate } from "./site-gate.tsx";

const Welcome = lazy(
  () => import("#frontend/screens/welcome/welcome-screen.tsx").then((m) => m.WelcomeScreen),
  PageSkeleton,
);
const Overview = lazy(
  () => import("#frontend/screens/overview/overview-screen.tsx").then((m) => m.OverviewScreen),
  PageSkeleton,
);
const Campaigns = lazy(
  () => import("#frontend/screens/campaigns/campaigns-screen.tsx").then((m) => m.CampaignsScreen),
  PageSkeleton,
);
const NewCampaign = lazy(
  () => import("#frontend/screens/campaigns/new-campaign-screen.tsx").then((m) => m.NewCampaignScreen),
  PageSkeleton,
);
const Campaign = lazy(
  () => import("#frontend/screens/campaign/campaign-screen.tsx").then((m) => m.CampaignScreen),
  PageSkeleton,
);
const Attribution = lazy(
  () => import("#frontend/screens/attribution/attribution-screen.tsx").then((m) => m.AttributionScreen),
  PageSkeleton,
);
const Figure = lazy(
  () => import("#frontend/screens/attribution/figure-screen.tsx").then((m) => m.FigureScreen),
  PageSkeleton,
);
const Journey = lazy(
  () => import("#frontend/screens/attribution/journey-screen.tsx").then((m) => m.JourneyScreen),
  PageSkeleton,
);
const Runs = lazy(
  () => import("#frontend/screens/attribution/runs-screen.tsx").then((m) => m.RunsScreen),
  PageSkeleton,
);
const Run = lazy(
  () => import("#frontend/screens/attribution/run-screen.tsx").then((m) => m.RunScreen),
  PageSkeleton,
);
const Journeys = lazy(
  () => import("#frontend/screens/journeys/journeys-screen.tsx").then((m) => m.JourneysScreen),
  PageSkeleton,
);
const Spend = lazy(
  () => import("#frontend/screens/spend/spend-screen.tsx").then((m) => m.SpendScreen),
  PageSkeleton,
);
const Links = lazy(
  () => import("#frontend/screens/links/links-screen.tsx").then((m) => m.LinksScreen),
  PageSkeleton,
);
const Reports = lazy(
  () => import("#frontend/screens/reports/reports-screen.tsx").then((m) => m.ReportsScreen),
  PageSkeleton,
);
const Report = lazy(
  () => import("#frontend/screens/report/report-screen.tsx").then((m) => m.ReportScreen),
  PageSkeleton,
);
const Schedule = lazy(
  () => import("#frontend/screens/reports/schedule-screen.tsx").then((m) => m.ScheduleScreen),
  PageSkeleton,
);
const TrackingHealth = lazy(
  () =>
    import("#frontend/screens/tracking-health/tracking-health-screen.tsx").then(
      (m) => m.TrackingHealthScreen,
    ),
  PageSkeleton,
);
const MonitoringScreen = lazy(
  () => import("#frontend/screens/monitoring/monitoring-screen.tsx").then((m) => m.MonitoringScreen),
  PageSkeleton,
);
const ProductMetricsScreen = lazy(
  () =>
    import("#frontend/screens/product-metrics/product-metrics-screen.tsx").then(
      (m) => m.ProductMetricsScreen,
    ),
  PageSkeleton,
);
const AdminActs = lazy(
  () => import("#frontend/screens/audit-log/admin-acts-screen.tsx").then((m) => m.AdminActsScreen),
  PageSkeleton,
);
const DeadLetters = lazy(
  () => import("#frontend/screens/admin/dead-letters-screen.tsx").then((m) => m.DeadLettersScreen),
  PageSkeleton,
);
const Alerts = lazy(
  () => import("#frontend/screens/alerts/alerts-screen.tsx").then((m) => m.AlertsScreen),
  PageSkeleton,
);
const AdminAlerts = lazy(
  () => import("#frontend/screens/alerts/admin-alerts-screen.tsx").then((m) => m.AdminAlertsScreen),
  PageSkeleton,
);
const Settings = lazy(
  () => import("#frontend/screens/settings/settings-screen.tsx").then((m) => m.SettingsScreen),
  PageSkeleton,
);
const Account = lazy(
  () => import("#frontend/screens/account/account-screen.tsx").then((m) => m.AccountScreen),
  PageSkeleton,
);

/** Everything behind sign-in: who it is and which sites there are, then the frame and its pages. */
export function SignedIn() {
  const me = useResource<Me>(paths.me);
  const sites = useResource<List<Site>>(paths.sites);
  const { path } = useLocation();
  useEffect(() => preloadPage(path), [path]);
  const problem = firstProblem(me, sites);
  const site = useChosenSite(sites.value?.items);

  if (problem && !isSignedOut(problem)) {
    return (
      <main style={{ paddingTop: "12vh" }}>
        <ErrorState what="Your account" problem={problem} onRetry={() => (me.reload(), sites.reload())} />
      </main>
    );
  }
  if (!me.value || !sites.value) return null;
  return (
    <WorkspaceContext.Provider value={{ me: me.value, sites: sites.value.items, site }}>
      <Frame>
        <SiteGate>
          <Pages />
        </SiteGate>
      </Frame>
    </WorkspaceContext.Provider>
  );
}

const PAGES = [
  { path: "/", component: Overview },
  { path: "/welcome", component: Welcome },
  { path: "/campaigns", component: Campaigns },
  { path: "/campaigns/new", component: NewCampaign },
  { path: "/campaigns/:id/:tab?", component: Campaign },
  { path: "/attribution", component: Attribution },
  { path: "/attribution/figure", component: Figure },
  { path: "/attribution/journey/:id", component: Journey },
  { path: "/attribution/runs", component: Runs },
  { path: "/attribution/runs/:id", component: Run },
  { path: "/journeys", component: Journeys },
  { path: "/spend", component: Spend },
  { path: "/links", component: Links },
  { path: "/reports", component: Reports },
  { path: "/reports/schedules", component: Reports },
  { path: "/reports/schedules/new", component: Schedule },
  { path: "/reports/schedules/:id", component: Schedule },
  { path: "/reports/:id", component: Report },
  { path: "/tracking-health", component: TrackingHealth },
  { path: "/alerts", component: Alerts },
  { path: "/settings/:tab?", component: Settings },
  { path: "/admin/monitoring", component: MonitoringScreen },
  { path: "/admin/product-metrics", component: ProductMetricsScreen },
  { path: "/admin/alerts", component: AdminAlerts },
  { path: "/admin/dead-letters", component: DeadLetters },
  { path: "/admin/audit-log", component: AdminActs },
  { path: "/account", component: Account },
];

function Pages() {
  return (
    <Router>
      {PAGES.map(({ path, component }) => (
        <Route key={path} path={path} component={component} />
      ))}
      <Route default component={NotFound} />
    </Router>
  );
}

/** The code of the page asked for comes while it is still being found out who asks. */
function preloadPage(path: string): void {
  const asked = segmentsOf(path);
  PAGES.find((page) => {
    const parts = segmentsOf(page.path);
    return (
      asked.length <= parts.length && parts.every((part, at) => part.startsWith(":") || part === asked[at])
    );
  })?.component.preload();
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter(Boolean);
}

/** The URL's site, else the one last looked at, else the first. */
function useChosenSite(sites: readonly Site[] | undefined): Site | null {
  const { query } = useLocation();
  const byId = (id: string | null | undefined) => sites?.find((site) => site.id === id);
  const site = byId(query.site) ?? byId(rememberedSite()) ?? sites?.[0] ?? null;
  useEffect(() => {
    if (site) rememberSite(site.id);
  }, [site]);
  return site;
}

function firstProblem(...resources: readonly Resource<unknown>[]): Error | null {
  return resources.find((resource) => resource.problem && resource.value === undefined)?.problem ?? null;
}

/** The app is already on its way to sign-in. */
function isSignedOut(problem: Error): boolean {
  return problem instanceof ApiProblem && problem.status === 401;
}
