import "./tracking-health.css";

import type { TrackingDetails, TrackingHealth } from "#contract/tracking.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Page } from "#frontend/frame/page.tsx";
import { useSite } from "#frontend/state/use-site.ts";
import { BotsCard } from "./bots-card.tsx";
import { IdentityCard } from "./identity-card.tsx";
import { LedgerCard } from "./ledger-card.tsx";
import { PageCheck } from "./page-check.tsx";
import { PagesCard } from "./pages-card.tsx";
import { RefusedCard } from "./refused-card.tsx";
import { StatusCard } from "./status-card.tsx";

const HEALTH_EVERY_MS = 5_000;
const DETAILS_EVERY_MS = 60_000;

/** Whether events arrive, what became of each, and what to do where they do not. */
export function TrackingHealthScreen() {
  const site = useSite();
  const health = useResource<TrackingHealth>(paths.trackingHealth(site.id), { everyMs: HEALTH_EVERY_MS });
  const details = useResource<TrackingDetails>(paths.trackingDetails(site.id), { everyMs: DETAILS_EVERY_MS });
  return (
    <Page title="Tracking health">
      <div class="stack" key={site.id}>
        <StatusCard site={site} resource={health} />
        <RefusedCard refused={health.value?.refused} />
        <PageCheck site={site} />
        <LedgerCard site={site} />
        <PagesCard site={site} resource={details} />
        <div class="health-pair">
          <BotsCard resource={details} />
          <IdentityCard site={site} resource={details} />
        </div>
      </div>
    </Page>
  );
}
