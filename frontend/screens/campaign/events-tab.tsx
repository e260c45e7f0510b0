import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { EventLog } from "#frontend/screens/events/event-log.tsx";

/** What came through this campaign, live. */
export function EventsTab({ campaign, site }: { campaign: Campaign; site: Site }) {
  return (
    <EventLog
      zone={site.timeZone}
      pathOf={(query) => paths.campaignEvents(campaign.id, query)}
      empty="Click one of the campaign's links yourself: the visit appears here within seconds, with its source and verdict."
    />
  );
}
