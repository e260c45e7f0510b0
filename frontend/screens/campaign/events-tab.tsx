import type { Campaign } from "#contract/campaigns.ts";
import type { Link } from "#contract/links.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { EventLog } from "#frontend/screens/events/event-log.tsx";

/** What came through this campaign, live. */
export function EventsTab({ campaign, site }: { campaign: Campaign; site: Site }) {
  const links = useResource<List<Link>>(paths.links(site.id, { campaign: campaign.id, limit: 1 }));
  const link = links.value?.items[0];
  return (
    <EventLog
      zone={site.timeZone}
      pathOf={(query) => paths.campaignEvents(campaign.id, query)}
      tryIt={
        link && (
          <LinkButton kind="primary" outside href={link.url}>
            Open {link.url.replace(/^https?:\/\//, "")}
          </LinkButton>
        )
      }
      empty="Click one of the campaign's links yourself: the visit appears here within seconds, with its source and verdict."
    />
  );
}
