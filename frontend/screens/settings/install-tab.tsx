import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EventLog } from "#frontend/screens/events/event-log.tsx";
import { InstallGuide } from "./install-guide.tsx";

/** The snippet, and what it brings in at this moment. */
export function InstallTab({ site }: { site: Site }) {
  return (
    <>
      <Card title="Snippet" tools={<LastSeen site={site} />}>
        <InstallGuide snippet={site.snippet} />
      </Card>
      <EventLog
        zone={site.timeZone}
        pathOf={(query) => paths.siteEvents(site.id, query)}
        empty="Open a page that carries the snippet: its page view appears here within seconds."
      />
    </>
  );
}

function LastSeen({ site }: { site: Site }) {
  if (!site.lastEventAt) return <Badge>No event yet</Badge>;
  return <Badge tone="good">Last event {formatAgo(site.lastEventAt)}</Badge>;
}
