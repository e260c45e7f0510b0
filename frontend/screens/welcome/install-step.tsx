import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { readableHost } from "#frontend/format/host.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { InstallGuide } from "#frontend/screens/settings/install-guide.tsx";
import { PageChecker } from "#frontend/screens/tracking-health/page-check.tsx";

import "#frontend/screens/events/event-log.css";

const POLL_MS = 2_000;

/** The snippet, and a line that turns green with the first event. */
export function InstallStep({ site, onNext }: { site: Site; onNext: () => void }) {
  const resource = useResource<Site>(paths.site(site.id), {
    everyMs: (value) => (value?.firstEventAt ? undefined : POLL_MS),
  });
  const seen = (resource.value ?? site).firstEventAt;
  return (
    <>
      <Card
        title="Add this line to your pages"
        sub="It loads after everything else and never delays a click."
      >
        <InstallGuide snippet={site.snippet} />
      </Card>
      <div class={seen ? "waiting waiting-here" : "waiting live-on"} role="status">
        <span class="live-dot" style={seen ? { background: "var(--good)" } : {}} aria-hidden="true" />
        <div>
          <strong>{seen ? "The first event is here." : "Waiting for the first event…"}</strong>
          <p>
            {seen
              ? `Seen ${formatAgo(seen)}. Everything works.`
              : `Open ${readableHost(site.domain)} in another tab. This turns green by itself; you can go on meanwhile.`}
          </p>
        </div>
      </div>
      {!seen && (
        <details class="waiting-check">
          <summary>Nothing yet? Check my page</summary>
          <PageChecker site={site} />
        </details>
      )}
      <div class="row">
        <Button kind="primary" onClick={onNext}>
          {seen ? "Go on to your first campaign" : "Go on while we wait"}
        </Button>
      </div>
    </>
  );
}
