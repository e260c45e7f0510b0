import type { Site } from "#contract/sites.ts";
import type { TrackingHealth } from "#contract/tracking.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { readableHost } from "#frontend/format/host.ts";
import { keptAwayWords } from "#frontend/screens/tracking-health/status-words.ts";
import { useHref } from "#frontend/state/links.ts";

import "#frontend/screens/events/event-log.css";

const HEALTH_EVERY_MS = 5_000;

/**
 * The line that turns green with the first event. `seen`: when that was; null while it is waited for. The status stays the
 * same element: only then its change is read out.
 */
export function FirstEvent({ site, seen }: { site: Site; seen: string | null }) {
  return <div role="status">{seen === null ? <Waiting site={site} /> : <Here seen={seen} />}</div>;
}

function Here({ seen }: { seen: string }) {
  return (
    <div class="waiting waiting-here">
      <span class="live-dot" style={{ background: "var(--good)" }} aria-hidden="true" />
      <div>
        <strong>The first event is here.</strong>
        <p>{`Seen ${formatAgo(seen)}. Everything works.`}</p>
      </div>
    </div>
  );
}

/** What arrives and does not count is said here, too: else one waits for what has long come. */
function Waiting({ site }: { site: Site }) {
  const href = useHref();
  const health = useResource<TrackingHealth>(paths.trackingHealth(site.id), { everyMs: HEALTH_EVERY_MS });
  const kept = health.value ? keptAwayWords(health.value, site) : null;
  return (
    <div class={kept ? "waiting waiting-kept live-on" : "waiting live-on"}>
      <span class="live-dot" aria-hidden="true" />
      <div>
        <strong>{kept ? kept.title : "Waiting for the first event…"}</strong>
        <p>
          {kept
            ? kept.text
            : `Open ${readableHost(site.domain)} in another tab. This turns green by itself; you can go on meanwhile.`}
        </p>
        {kept && (
          <p>
            <a href={href("/tracking-health")}>See the reasons in Tracking health</a>
          </p>
        )}
      </div>
    </div>
  );
}
