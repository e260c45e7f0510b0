import { AttributionCard } from "#frontend/analytics/attribution-card.tsx";
import { Page } from "#frontend/frame/page.tsx";
import { ViewControls } from "#frontend/frame/view-controls.tsx";
import { useAnalyticsView } from "#frontend/state/analytics-view.ts";
import { useSite } from "#frontend/state/use-site.ts";

/** Who earned the conversions of the site. */
export function AttributionScreen() {
  const site = useSite();
  const view = useAnalyticsView(site);
  return (
    <Page title="Attribution" tools={<ViewControls view={view} without={["compare", "model"]} />}>
      <AttributionCard site={site} view={view} />
    </Page>
  );
}
