import { ShareButton } from "#frontend/frame/share-button.tsx";
import { Page } from "#frontend/frame/page.tsx";
import { DateControl } from "#frontend/parts/date-control.tsx";
import { useAnalyticsView } from "#frontend/state/analytics-view.ts";
import { writeRangeChoice } from "#frontend/state/date-range.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { LinksPanel } from "./links-panel.tsx";

/** All short links of the site, with what came through them on the chosen days. */
export function LinksScreen() {
  const site = useSite();
  const { choice, today, options } = useAnalyticsView(site);
  const [, setQuery] = useQuery();
  const { from, to } = options;
  return (
    <Page
      title="Links"
      tools={
        <>
          <DateControl choice={choice} today={today} onChoice={(next) => setQuery(writeRangeChoice(next))} />
          <ShareButton />
        </>
      }
    >
      <LinksPanel key={site.id} site={site} campaign={null} range={{ from, to }} />
    </Page>
  );
}
