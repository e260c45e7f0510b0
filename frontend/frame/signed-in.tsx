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
const Links = lazy(
  () => import("#frontend/screens/links/links-screen.tsx").then((m) => m.LinksScreen),
  PageSkeleton,
);
const Reports = lazy(
  () => import("#frontend/screens/reports/reports-screen.tsx").then((m) => m.ReportsScreen),
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

function Pages() {
  return (
    <Router>
      <Route path="/" component={Overview} />
      <Route path="/welcome" component={Welcome} />
      <Route path="/campaigns" component={Campaigns} />
      <Route path="/campaigns/new" component={NewCampaign} />
      <Route path="/campaigns/:id/:tab?" component={Campaign} />
      <Route path="/attribution" component={Attribution} />
      <Route path="/links" component={Links} />
      <Route path="/reports" component={Reports} />
      <Route path="/settings/:tab?" component={Settings} />
      <Route path="/account" component={Account} />
      <Route default component={NotFound} />
    </Router>
  );
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
